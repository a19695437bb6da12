-- One everyday command in one round trip: what planner.py, book.py and mirror.py decide for it, decided here alike
-- (the contract suite runs both and compares). It decides first and writes last: a refusal has nothing to take back.
-- Not here: commands that empty accounts, name lots or move limits; the batch path does those.

-- Accounts (a_): the coins' source, their target, then those of won moves and the one that lapsed lots go to;
-- a_delta is what won moves change. Coins (c_): one move out of account 1 into account 2, or none (c_pick null);
-- c_born/c_leaves: the coins become, or cease to be, a promise, so that the budget book moves with them.
-- code: `posted`, `replayed`, `again` (the batch path has to decide), `shortage` (limits.py says which) or a refusal's.
create function ledger_post_single(
    p_key uuid, p_digest bytea, p_kind text, p_at bigint, p_day integer, p_link text, p_memo text, p_due_at bigint,
    p_not_after text, a_address text[], a_opens boolean[], a_floor bigint[], a_delta bigint[],
    c_pick text, c_amount bigint, c_origin uuid, c_keep boolean, c_by_origin boolean, c_leaves boolean,
    c_lapsed integer, c_unit text, c_fund text, c_expires integer, c_rate integer,
    out code text, out transfer bigint, out facts jsonb
) language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    r record;
    v_year text := p_day / 10000;
    v_named integer := cardinality(a_address);
    v_id bigint[] := array_fill(null::bigint, array[v_named]);
    v_balance bigint[] := array_fill(0::bigint, array[v_named]);
    v_closed boolean[] := array_fill(false, array[v_named]);
    v_origin bigint := 0;
    v_after bigint := 0;
    v_order integer := 1;
    v_missing bigint := coalesce(c_amount, 0);
    v_lapsing bigint := 0;
    v_taken bigint;
    v_lots bigint[] := '{}';
    v_amounts bigint[] := '{}';
    v_lapses boolean[] := '{}';
    v_rest bigint := 0;
    v_funds text[] := '{}';
    v_changes bigint[] := '{}';
    v_legs text[] := '{}';
    v_values bigint[] := '{}';
    v_touched integer[] := '{}';
    v_ids bigint[] := '{}';
    v_deltas bigint[] := '{}';
    v_after_balances bigint[] := '{}';
    n integer;
begin
    perform pg_advisory_xact_lock_shared(7303014021);
    for r in
        select a.id, a.address, a.floor, a.balance, a.closed_at is not null as closed from ledger_account a
        where a.address = any(a_address) order by a.unit = 'KRW', a.code like 'B%', a.id for no key update
    loop
        n := array_position(a_address, r.address);
        v_id[n] := r.id; v_balance[n] := r.balance; a_floor[n] := r.floor; v_closed[n] := r.closed;
    end loop;

    -- Keys are looked up after the locks: who waited for them finds what the other has done.
    select t.id, t.digest into r from ledger_transfer t where t.key = p_key;
    if found then
        code := case when r.digest = p_digest then 'replayed' else 'key_reused' end;
        transfer := case when r.digest = p_digest then r.id end;
        return;
    end if;
    if p_not_after is not null then
        code := 'too_late'; facts := jsonb_build_object('not_after', p_not_after);
        return;
    end if;
    if exists (select from ledger_closed_year y where y.year = p_day / 10000) then
        code := 'fiscal_year_closed'; facts := jsonb_build_object('year', p_day / 10000);
        return;
    end if;
    for i in 1..least(v_named, 2) loop
        code := case when v_closed[i] then 'account_closed' when v_id[i] is null and not a_opens[i] then 'unknown_account' end;
        if code is not null then
            facts := jsonb_build_object('address', a_address[i]);
            return;
        end if;
    end loop;

    -- Which lots move.
    if c_pick = 'born' then
        if c_amount > 9007199254740991 / c_rate then code := 'again'; return; end if;
        v_missing := 0;
        v_amounts := array[c_amount]; v_lapses := array[false];
        v_funds := array[c_fund]; v_changes := array[c_amount * c_rate];
    elsif c_pick is not null then
        if c_pick = 'origin' then
            -- A capture takes what lapses first, as paying would; everything else gives the last taken back first.
            v_order := case when p_kind = 'CAPTURE' then 1 else -1 end;
            select t.id, p.due_at into r from ledger_transfer t left join ledger_pending p on p.transfer_id = t.id
            where t.key = c_origin;
            if not found then
                code := 'unknown_origin'; facts := jsonb_build_object('origin', c_origin::text);
                return;
            elsif p_kind = 'CAPTURE' and p_at > r.due_at then
                code := 'hold_timed_out'; facts := '{}';
                return;
            end if;
            v_origin := r.id;
        end if;
        for r in
            select p.lot_id, p.amount, l.fund, l.rate, coalesce(l.expires < p_day, false) and c_lapsed > 0 as lapses
            from ledger_position p join ledger_lot l on l.id = p.lot_id
            where p.account_id = v_id[1] and p.origin = v_origin
                and (c_pick = 'origin' or l.expires is null or l.expires >= p_day)
            order by coalesce(l.expires, 99999999) * v_order, l.id * v_order
        loop
            exit when v_missing = 0;
            v_taken := least(r.amount, v_missing);
            v_rest := r.amount - v_taken;
            v_missing := v_missing - v_taken;
            v_lots := v_lots || r.lot_id; v_amounts := v_amounts || v_taken; v_lapses := v_lapses || r.lapses;
            if r.lapses then v_lapsing := v_lapsing + v_taken; end if;
            if r.lapses or c_leaves then
                if v_taken > 9007199254740991 / r.rate then code := 'again'; return; end if;
                n := coalesce(array_position(v_funds, r.fund), cardinality(v_funds) + 1);
                v_funds[n] := r.fund; v_changes[n] := coalesce(v_changes[n], 0) - v_taken * r.rate;
            end if;
        end loop;
        if v_missing > 0 then
            code := 'shortage';
            facts := jsonb_build_object('code', left(a_address[1], 4), 'available', c_amount - v_missing, 'needed', c_amount);
            return;
        end if;
    end if;
    if c_pick is not null then
        a_delta[1] := a_delta[1] - c_amount; a_delta[2] := a_delta[2] + c_amount - v_lapsing;
        if v_lapsing > 0 then
            a_delta[c_lapsed] := a_delta[c_lapsed] + v_lapsing;
            if v_closed[c_lapsed] then
                code := 'account_closed'; facts := jsonb_build_object('address', a_address[c_lapsed]);
                return;
            end if;
        end if;
    end if;
    for i in 3..v_named loop
        continue when i = c_lapsed;
        code := case when v_closed[i] then 'account_closed' when v_id[i] is null and not a_opens[i] then 'unknown_account' end;
        if code is not null then
            facts := jsonb_build_object('address', a_address[i]);
            return;
        end if;
    end loop;

    -- The budget mirrors the coins: lock its accounts last, then write its legs.
    if cardinality(v_funds) > 0 then
        for i in 1..cardinality(v_funds) loop
            v_legs := v_legs || (case when c_pick = 'born' or right(v_funds[i], 4) = v_year
                then 'B100:KRW:' || v_funds[i] else 'B400:KRW:' || left(v_funds[i], -4) || v_year end);
            v_values := v_values || -v_changes[i];
        end loop;
        for r in
            select distinct b.address from (
                select unnest(v_legs) as address union all
                select code_ || ':KRW:' || fund from unnest(v_funds) fund, unnest(array['B110', 'B200']) code_
            ) b order by b.address
        loop
            a_address := a_address || r.address; a_opens := a_opens || true; a_delta := a_delta || 0::bigint;
            a_floor := a_floor || case when left(r.address, 4) = 'B400' then null else 0::bigint end;
            v_id := v_id || null::bigint; v_balance := v_balance || 0::bigint; v_closed := v_closed || false;
        end loop;
        for r in
            select a.id, a.address, a.floor, a.balance, a.closed_at is not null as closed from ledger_account a
            where a.address = any(a_address[v_named + 1:]) order by a.id for no key update
        loop
            n := array_position(a_address, r.address);
            v_id[n] := r.id; v_balance[n] := r.balance; a_floor[n] := r.floor; v_closed[n] := r.closed;
        end loop;
        for i in 1..cardinality(v_funds) loop
            if v_changes[i] > 0 then
                v_legs := v_legs
                    || (case when right(v_funds[i], 4) = v_year then 'B200:KRW:' else 'B110:KRW:' end || v_funds[i]);
                v_values := v_values || v_changes[i];
            else
                v_taken := least(v_balance[array_position(a_address, 'B200:KRW:' || v_funds[i])], -v_changes[i]);
                v_legs := v_legs || array['B200:KRW:' || v_funds[i], 'B110:KRW:' || v_funds[i]];
                v_values := v_values || array[-v_taken, v_changes[i] + v_taken];
            end if;
        end loop;
        for i in 1..cardinality(v_legs) loop
            continue when v_values[i] = 0;
            n := array_position(a_address, v_legs[i]);
            if v_closed[n] then
                code := 'account_closed'; facts := jsonb_build_object('address', v_legs[i]);
                return;
            end if;
            a_delta[n] := a_delta[n] + v_values[i];
        end loop;
    end if;

    -- Every limit, in the order in which the batch path looks at them.
    for r in
        select t.n, t.address, t.balance, t.delta, t.floor
        from unnest(v_id, a_address, v_balance, a_delta, a_floor) with ordinality t(id, address, balance, delta, floor, n)
        where t.delta <> 0 order by t.id, t.address like 'B%', t.address
    loop
        if abs(r.balance + r.delta) > 9007199254740991 then
            code := 'amount_too_large'; facts := jsonb_build_object('amount', abs(r.balance + r.delta));
            return;
        elsif r.balance + r.delta < r.floor then
            code := 'shortage';
            facts := jsonb_build_object('code', left(r.address, 4), 'available', r.balance - r.floor, 'needed', -r.delta);
            return;
        end if;
        v_touched := v_touched || r.n::integer;
    end loop;
    if cardinality(v_touched) = 0 then
        code := 'nothing_to_move'; facts := '{}';
        return;
    end if;

    begin
        foreach n in array v_touched loop
            if v_id[n] is null then
                -- Somebody else may open it at this moment: then this adds to what they have put there.
                insert into ledger_account as a (address, code, unit, owner, floor, balance, opened_at) values (
                    a_address[n], left(a_address[n], 4), split_part(a_address[n], ':', 2), split_part(a_address[n], ':', 3),
                    a_floor[n], a_delta[n], p_at
                ) on conflict on constraint ledger_account_address_key do update set balance = a.balance + excluded.balance
                returning a.id, a.balance into r;
                v_id[n] := r.id; v_balance[n] := r.balance - a_delta[n];
            else
                v_ids := v_ids || v_id[n]; v_deltas := v_deltas || a_delta[n];
            end if;
        end loop;
        update ledger_account a set balance = a.balance + d.delta
        from unnest(v_ids, v_deltas) d(id, delta) where a.id = d.id;
        transfer := nextval('ledger_transfer_id_seq');
        v_ids := '{}'; v_deltas := '{}';
        foreach n in array v_touched loop
            v_ids := v_ids || v_id[n]; v_deltas := v_deltas || a_delta[n];
            v_after_balances := v_after_balances || v_balance[n] + a_delta[n];
        end loop;
        insert into ledger_posting (account_id, transfer_id, amount, balance)
        select d.id, ledger_post_single.transfer, d.delta, d.balance
        from unnest(v_ids, v_deltas, v_after_balances) d(id, delta, balance);
        if c_pick is not null then
            if c_by_origin then
                v_after := case when c_keep then v_origin else transfer end;
            end if;
            if c_pick = 'born' then
                insert into ledger_lot (unit, fund, fiscal_year, expires, rate, amount, born)
                values (c_unit, c_fund, right(c_fund, 4)::integer, c_expires, c_rate, c_amount, ledger_post_single.transfer)
                returning array[id] into v_lots;
            else
                n := cardinality(v_lots);
                if v_rest > 0 then
                    update ledger_position p set amount = v_rest
                    where p.account_id = v_id[1] and p.origin = v_origin and p.lot_id = v_lots[n];
                    n := n - 1;
                end if;
                if n > 0 then
                    delete from ledger_position p
                    where p.account_id = v_id[1] and p.origin = v_origin and p.lot_id = any(v_lots[1:n]);
                end if;
            end if;
            insert into ledger_lot_move
                (transfer_id, n, lot_id, source_id, target_id, origin_before, origin_after, amount)
            select ledger_post_single.transfer, t.n, t.lot, v_id[1], case when t.lapses then v_id[c_lapsed] else v_id[2] end,
                v_origin, case when t.lapses then 0 else v_after end, t.amount
            from unnest(v_lots, v_amounts, v_lapses) with ordinality t(lot, amount, lapses, n);
            insert into ledger_position as p (account_id, origin, lot_id, amount)
            select case when t.lapses then v_id[c_lapsed] else v_id[2] end, case when t.lapses then 0 else v_after end,
                t.lot, t.amount
            from unnest(v_lots, v_amounts, v_lapses) t(lot, amount, lapses)
            on conflict on constraint ledger_position_pkey do update set amount = p.amount + excluded.amount;
            if c_pick = 'origin' and left(a_address[1], 4) in ('2110', '2120') then
                delete from ledger_pending w where w.transfer_id = v_origin
                    and not exists (select from ledger_position p where p.account_id = v_id[1] and p.origin = v_origin);
            end if;
        end if;
        if p_due_at is not null then
            insert into ledger_pending (transfer_id, kind, due_at) values (ledger_post_single.transfer, p_kind, p_due_at);
        end if;
        insert into ledger_transfer (id, key, digest, kind, at, day, link, memo, due_at)
        values (ledger_post_single.transfer, p_key, p_digest, p_kind, p_at, p_day, p_link, p_memo, p_due_at);
        code := 'posted';
    exception when unique_violation then
        -- The same key was used on other accounts meanwhile: what the batch path reads next shows it.
        code := 'again'; transfer := null;
    end;
end $$;

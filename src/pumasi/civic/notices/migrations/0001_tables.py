"""Letters and when they were read. Some rows are only ever added: the database itself refuses to change or delete them."""

import django.db.models.deletion
from django.db import migrations, models

APPEND_ONLY = (
    "notices_notice",
    "notices_noticeread",
)


def lock(apps, schema_editor):
    """A trigger against update and delete on each of these tables."""
    if schema_editor.connection.vendor == "sqlite":
        for table in APPEND_ONLY:
            for what in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} rows are append-only'); END"
                )
        return
    schema_editor.execute(
        "CREATE FUNCTION notices_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'rows are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in APPEND_ONLY:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION notices_refuse()"
        )


def unlock(apps, schema_editor):
    """The way back, before the tables go."""
    if schema_editor.connection.vendor == "sqlite":
        for table in APPEND_ONLY:
            for what in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{what}")
        return
    for table in APPEND_ONLY:
        schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    schema_editor.execute("DROP FUNCTION notices_refuse()")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_treasury_and_charity_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("key", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=30)),
                ("title_ko", models.CharField(max_length=80)),
                ("title_en", models.CharField(max_length=80)),
                ("text_ko", models.TextField(max_length=1000)),
                ("text_en", models.TextField(max_length=1000)),
                ("made_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NoticeRead",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="notices.notice",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["person", "-made_at"], name="notice_person"),
        ),
        migrations.RunPython(lock, unlock),
    ]

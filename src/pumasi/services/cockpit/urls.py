"""Addresses of the issuer's cockpit."""

from django.urls import path

from pumasi.services.cockpit import views

app_name = "cockpit"
urlpatterns = [
    path("budget/", views.budget, name="budget"),
    path("budget/order/", views.order, name="order"),
    path("books/", views.books, name="books"),
]

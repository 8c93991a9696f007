"""Addresses of the organisation screens."""

from django.urls import path

from .views import agency, calendar, delegations, people, positions, reorganising, units

app_name = "organisation"
urlpatterns = [
    path("", units.units, name="units"),
    path("don-vi/them/", units.unit_new, name="unit_new"),
    path("don-vi/<int:pk>/", units.unit, name="unit"),
    path("don-vi/<int:pk>/sua/", units.unit_change, name="unit_change"),
    path("don-vi/<int:pk>/ket-thuc/", units.unit_close, name="unit_close"),
    path("don-vi/<int:pk>/mo-lai/", units.unit_reopen, name="unit_reopen"),
    path("don-vi/<int:pk>/thanh-vien/", units.unit_members, name="unit_members"),
    path("don-vi/<int:pk>/cach-viet/", units.unit_aliases, name="unit_aliases"),
    path("don-vi/<int:pk>/them-vi-tri/", positions.position_new, name="position_new"),
    path("vi-tri/", positions.positions, name="positions"),
    path("vi-tri/<int:pk>/", positions.position, name="position"),
    path("vi-tri/<int:pk>/sua/", positions.position_change, name="position_change"),
    path("vi-tri/<int:pk>/bo/", positions.position_close, name="position_close"),
    path("vi-tri/<int:pk>/bo-nhiem/", positions.appoint, name="appoint"),
    path("giu-vi-tri/<int:pk>/thoi/", positions.holding_end, name="holding_end"),
    path("nguoi/", people.people, name="people"),
    path("nguoi/them/", people.person_new, name="person_new"),
    path("nguoi/<int:pk>/", people.person, name="person"),
    path("nguoi/<int:pk>/sua/", people.person_change, name="person_change"),
    path("nguoi/<int:pk>/tai-khoan/", people.person_active, name="person_active"),
    path("nguoi/<int:pk>/thu-mat-khau/", people.password_mail, name="password_mail"),
    path("nguoi/<int:pk>/mat-khau-tam/", people.temporary_password, name="temporary_password"),
    path("nguoi/<int:pk>/ban-giao/", people.person_hand_over, name="person_hand_over"),
    path("uy-nhiem/", delegations.delegations, name="delegations"),
    path("uy-nhiem/them/", delegations.delegation_new, name="delegation_new"),
    path("uy-nhiem/<int:pk>/cham-dut/", delegations.delegation_end, name="delegation_end"),
    path("sap-xep/", reorganising.reorganisations, name="reorganisations"),
    path("sap-xep/<int:pk>/", reorganising.reorganisation, name="reorganisation"),
    path("sap-xep/<slug:kind>/", reorganising.reorganise, name="reorganise"),
    path("co-quan/", agency.agency, name="agency"),
    path("co-quan/sua/", agency.agency_change, name="agency_change"),
    path("co-quan/doi-ten/", agency.agency_rename, name="agency_rename"),
    path("nhat-ky/", agency.changes, name="changes"),
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/them/", calendar.decreed_day_new, name="decreed_day_new"),
    path("lich/<int:pk>/sua/", calendar.decreed_day_change, name="decreed_day_change"),
    path("lich/<int:pk>/bo/", calendar.decreed_day_remove, name="decreed_day_remove"),
    path("lich/co-san/", calendar.calendar_seed, name="calendar_seed"),
    path("lich/xac-nhan/<int:year>/", calendar.calendar_confirm, name="calendar_confirm"),
]

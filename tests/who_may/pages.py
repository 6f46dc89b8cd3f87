"""Pages and their forms: name -> address and what each is answered."""

from tests.six import Outcomes, everyone, signed_in

PAGES: dict[str, tuple[str, Outcomes]] = {
    "front": ("/", everyone("200")),
    "sign_up": ("/sign-up/", everyone("200")),
    "sign_in": ("/sign-in/", everyone("200")),
    "recover": ("/recover/", everyone("200")),
    "principles": ("/principles/", everyone("200")),
    "language": ("/language/", everyone("302 /")),
    "exit": ("/exit/", everyone("302 https://www.wikipedia.org/")),
    "signed_out": ("/signed-out/", everyone("200")),
    "unlock": ("/unlock/", signed_in("200", "302 /sign-in/")),
    "account": ("/account/", signed_in("200", "302 /sign-in/")),
    "own_device": ("/account/own-device/", signed_in("200", "302 /sign-in/")),
    "passphrase": ("/account/passphrase/", signed_in("200", "302 /sign-in/")),
    "sheet": ("/account/sheet/", signed_in("200", "302 /sign-in/")),
    "somebody_knows": ("/account/somebody-knows/", signed_in("200", "302 /sign-in/")),
    "delete": ("/account/delete/", signed_in("200", "302 /sign-in/")),
    "reset": ("/reset/guessed-token/", everyone("404")),
    "setup": ("/setup/guessed-token/", everyone("404")),
    # These say nothing of anybody: the same bytes for all. Who may is asked at /live.
    "groups": ("/groups/", everyone("200")),
    "start-group": ("/groups/start/", everyone("200")),
    "group": ("/groups/{group}/", everyone("404") | {"member": "200", "facilitator": "200"}),
    "join": ("/join/", everyone("200")),
    "appeals": ("/appeals/", everyone("200")),
    "writing": ("/groups/parts/writing/", everyone("200")),
    "meeting": ("/groups/parts/meeting/", everyone("200")),
    "tools": ("/groups/parts/tools/", everyone("200")),
    "calendar_page": ("/account/calendar/", signed_in("200", "302 /sign-in/")),
    # Whoever has the address may; nobody guesses it.
    "calendar": ("/calendar/guessed.ics", everyone("404")),
    # The directory is for everybody, and says the same to all.
    "find": ("/find/", everyone("200")),
    "find_json": ("/find.json?topic=grief", everyone("200")),
    "listing": ("/find/no-such-group/", everyone("404")),
    "ask_listing": ("/find/no-such-group/ask/", everyone("404")),
    "listing_calendar": ("/find/no-such-group/calendar.ics", everyone("404")),
    "listing_schema": ("/find/no-such-group/schema.json", everyone("404")),
    "wish": ("/wishes/", everyone("200")),
    "wish_mine": ("/wishes/mine/", everyone("200")),
    # For those who may start a group: here, everybody who has an account.
    "wishes_together": ("/wishes/together/", signed_in("200", "404")),
    "find_calendar": ("/find.ics?topic=grief", everyone("200")),
    # What facilitators write of their group, and the coordinators' desk.
    "offering": ("/groups/{group}/listing/", everyone("404") | {"facilitator": "200"}),
    "offering_act": ("/groups/{group}/listing/act/", everyone("405")),
    "desk": ("/coordinator/", everyone("404") | {"coordinator": "200"}),
    "desk_group": ("/coordinator/groups/no-such-group/", everyone("404")),
    "desk_lists": ("/coordinator/lists/", everyone("404") | {"coordinator": "200"}),
    "desk_twins": ("/coordinator/lists/twice/", everyone("404") | {"coordinator": "200"}),
    "desk_list": ("/coordinator/lists/sent/no-such-list/", everyone("404")),
    "desk_source": ("/coordinator/lists/of/no-such-list/", everyone("404")),
    "meeting_guide_feed": ("/feeds/meeting-guide.json", everyone("200")),
    "bmlt_json": ("/client_interface/json/?switcher=GetFormats", everyone("200")),
    "bmlt_jsonp": ("/client_interface/jsonp/?switcher=GetFormats&callback=c", everyone("200")),
    "hsds": ("/hsds/", everyone("200")),
    "hsds_services": ("/hsds/services", everyone("200")),
    "hsds_service": ("/hsds/services/no-such-service", everyone("404")),
    "hsds_terms": ("/hsds/taxonomy_terms", everyone("200")),
}

# Forms of plain pages: name -> address and body. Who may not send them gets 404, as does who may and names nothing there is.
FORMS: dict[str, tuple[str, dict[str, str], Outcomes]] = {
    "offering": ("/groups/{group}/listing/", {"do": "save", "title": "Ours"}, everyone("404") | {"facilitator": "303"}),
    "offering_act": ("/groups/{group}/listing/act/", {"do": "burn"}, everyone("404")),
    "desk_group": ("/coordinator/groups/no-such-group/", {"do": "approve"}, everyone("404")),
    "desk_lists": ("/coordinator/lists/", {"source": "na"}, everyone("404") | {"coordinator": "200"}),
    "desk_twins": ("/coordinator/lists/twice/", {"do": "drop", "listing": "1"}, everyone("404")),
    "desk_list": ("/coordinator/lists/sent/no-such-list/", {"do": "take"}, everyone("404")),
    "desk_source": ("/coordinator/lists/of/no-such-list/", {"do": "take-down"}, everyone("404")),
}  # fmt: skip

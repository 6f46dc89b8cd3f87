# What a newcomer types. The work is in bin/.
.PHONY: run demo test journeys lying clients bench pictures translations kill restart install

run: install
	@.venv/bin/holdspace serve

demo: install
	@.venv/bin/holdspace demo

install:
	@bin/install

test:
	@bin/test

journeys:
	@bin/test -m journey

lying:
	@bin/lying

clients:
	@bin/clients

bench:
	@bin/install checks
	@bin/with-postgres --or-without .venv/bin/python -m bench

pictures:
	@bin/install checks
	@.venv/bin/python -m tests.pictures

translations:
	@bin/install checks
	@.venv/bin/python -m tests.translations

kill:
	@bin/install checks
	@.venv/bin/python -m tests.killing
	@bin/with-postgres .venv/bin/python -m tests.killing

restart:
	@bin/install checks
	@.venv/bin/python -m tests.restarting
	@bin/with-postgres .venv/bin/python -m tests.restarting

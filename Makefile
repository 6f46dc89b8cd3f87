# What a newcomer types. The work is in bin/.
.PHONY: run test bench install

run: install
	@.venv/bin/holdspace serve

install:
	@bin/install

test:
	@bin/test

bench:
	@bin/install checks
	@.venv/bin/python -m bench

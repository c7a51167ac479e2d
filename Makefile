.PHONY: build test demo deps format generate fuzz release package test-release test-host bench clean

# How many mutated inputs `make fuzz` feeds to each target, and where its random numbers begin.
FUZZ_ITERATIONS ?= 1000000
FUZZ_SEED ?= 1

# The programs, as development builds, in .build/debug.
build: deps
	swift build --explicit-target-dependency-import-check error

# Every test; see Tests/README.md.
test: deps
	Tests/Environment/run-tests

# A complete installation on the simulated service, until Ctrl-C: database, web server, daemon, phones. LIVE=1: on the real service, for a real phone.
demo: build
	@cd Tests && exec python3 -m Environment.demo $(if $(LIVE),--live)

# Installs what building and testing need and what is missing here.
deps:
	@Tests/Environment/deps

# All Swift but what is generated.
format:
	git ls-files '*.swift' ':!*.pb.swift' | xargs swift format format --in-place --parallel

# Regenerates the migrations that are built into the programs, the token table, the reference of the API, and Sources/WAProto/*.pb.swift; needs protoc
# and protoc-gen-swift (a product of the swift-protobuf package).
generate: deps
	protoc -I Sources/WAProto/schema --swift_out=Sources/WAProto --swift_opt=Visibility=Package --swift_opt=UseAccessLevelOnImports=true Sources/WAProto/schema/*.proto
	python3 Sources/WhatsApp/BinaryXML/generate-token-table.py
	.test-env/bin/python Sources/API/Reference/generate-reference.py
	sql/embed-migrations.sh > Sources/Store/Migrations/Migration+All.swift

# Mutated inputs against every parser that the network reaches; WA_FUZZ brings the target into the package.
fuzz: deps
	WA_FUZZ=1 swift run --configuration release --scratch-path .build-fuzz Fuzz --iterations $(FUZZ_ITERATIONS) --seed $(FUZZ_SEED)

# The static executables for hosts, stripped, in dist/bin: everything is in them but the kernel. A first run takes ten minutes or more.
PROGRAMS = wa-connect-fcgi wa-connect wa-sandbox
STATIC = -Xswiftc -static-executable -Xlinker -lssl -Xlinker -lcrypto -Xlinker -lz -Xlinker -lm \
	-Xlinker -ljpeg -Xlinker -lpng16 -Xlinker -lwebp -Xlinker -lopenh264 -Xlinker -lopus -Xlinker -lmp3lame -Xlinker -lstdc++

release: deps
	set -e; for program in $(PROGRAMS); do \
		swift build --configuration release --scratch-path .build-release --product $$program $(STATIC); \
		install -D --strip .build-release/release/$$program dist/bin/$$program; \
	done

# The archive that owners download: static executables, web server files, installer, tables, documents; in dist/.
package: release
	sh cpanel/package.sh dist/bin dist

# Proves the static executables where there is nothing but them, and runs the journeys on them there.
test-release: release
	Tests/Release/run-tests

# Proves them in Debian 11, and everything of the database on MySQL: in root directories of other systems, for root only.
test-host: release
	Tests/Host/run-tests

# The figures of docs/performance.md, of the static executables, beside whatsmeow.
bench: release
	cd Tests && WA_BIN_DIR=$(CURDIR)/dist/bin exec ../.test-env/bin/python -m Bench

clean:
	swift package clean
	rm -rf .build-fuzz .build-release dist .demo .test-env .pytest_cache

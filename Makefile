# Regenerates Sources/WAProto/*.pb.swift; needs protoc and protoc-gen-swift (a product of the swift-protobuf package).
generate:
	protoc -I Sources/WAProto/schema --swift_out=Sources/WAProto --swift_opt=Visibility=Package --swift_opt=UseAccessLevelOnImports=true Sources/WAProto/schema/*.proto
	python3 Sources/WhatsApp/BinaryXML/generate-token-table.py

package dev.gantry.state.shell.api.write;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.BodyDecoder;
import dev.gantry.state.codec.Decoded;
import dev.gantry.state.codec.FieldValidation;
import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Call;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.shell.api.reply.Refused;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies and options of writes. */
public record Bodies(ProtobufCodec protobuf) {
    /** A body as read; {@link #fresh} gives each attempt its own tree. */
    public record Body(ObjectNode tree, List<String> warnings) {
        public ObjectNode fresh() {
            return tree.deepCopy();
        }
    }

    /** The object itself, in the form in which it is stored. */
    public Body read(Call call, WriteOptions options) {
        Body body = read(call, KindName.of(call.kind()), options);
        return new Body(call.conversion().toStored(body.tree()), body.warnings());
    }

    public Body read(Call call, KindName expected, WriteOptions options) {
        return read(call, expected, options.validation());
    }

    public Body read(Call call, KindName expected, FieldValidation validation) {
        return accept(
                decoder(call).decode(call.raw().body(), call.contentType(), expected, validation));
    }

    /** The configuration of an apply, in its own version: YAML, of which JSON is a part. */
    public Body readYaml(Call call, WriteOptions options) {
        return accept(
                decoder(call)
                        .decode(
                                call.raw().body(),
                                "application/yaml",
                                KindName.of(call.kind()),
                                options.validation()));
    }

    /** What a patch made, checked as if it had been sent. */
    public Body recheck(Call call, ObjectNode patched, KindName expected, WriteOptions options) {
        return accept(decoder(call).recheck(patched, expected, options.validation()));
    }

    public static WriteOptions options(Call call, String kind) {
        return switch (WriteOptions.parse(call.query(), call.userAgent(), kind)) {
            case WriteOptions.Parsed.Options(var options) -> options;
            case WriteOptions.Parsed.Refused(var why) -> throw new Refused(why);
        };
    }

    private BodyDecoder decoder(Call call) {
        return new BodyDecoder(call.catalog(), protobuf);
    }

    private static Body accept(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Body(var tree, var warnings) -> new Body(tree, warnings);
            case Decoded.Refused(Refusal why) -> throw new Refused(why);
        };
    }
}

package dev.gantry.state.request;

import dev.gantry.model.refusal.Judged;
import dev.gantry.state.codec.BodyDecoder;
import dev.gantry.state.codec.ConfigurationDecoder;
import dev.gantry.state.codec.Decoded;
import dev.gantry.state.codec.FieldValidation;
import dev.gantry.state.codec.OptionsDecoder;
import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.patch.Patched;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of writes. */
public record BodyReading(ProtobufCodec protobuf) {
    /** The object itself, in the form in which it is stored. */
    public Judged<Body> object(Call call, WriteOptions options) {
        return read(call, GroupVersionKind.of(call.kind()), options.validation())
                .map(body -> new Body(call.conversion().toStored(body.tree()), body.warnings()));
    }

    public Judged<Body> read(Call call, GroupVersionKind expected, FieldValidation validation) {
        return judged(
                decoder(call).decode(call.raw().body(), call.contentType(), expected, validation));
    }

    /** The options that a delete has in its body. */
    public Judged<ObjectNode> options(Call call) {
        return new OptionsDecoder(call.catalog(), protobuf)
                .decode(call.raw().body(), call.contentType());
    }

    /** The configuration of an apply, in its own version: YAML, of which JSON is a part. */
    public Judged<Body> yaml(Call call, WriteOptions options) {
        return yaml(call, GroupVersionKind.of(call.kind()), options);
    }

    /**
     * @param kind of what is applied: that of the call, or a Scale
     */
    public Judged<Body> yaml(Call call, GroupVersionKind kind, WriteOptions options) {
        return judged(
                new ConfigurationDecoder(call.catalog())
                        .decode(call.raw().body(), kind, options.validation()));
    }

    /**
     * What a patch made, checked as if it had been sent.
     *
     * @param strategic the patch, if it is a strategic merge patch
     */
    public Judged<Body> recheck(
            Call call,
            Patched.Tree patched,
            GroupVersionKind expected,
            WriteOptions options,
            Optional<byte[]> strategic) {
        return judged(
                decoder(call)
                        .recheck(
                                patched.tree(),
                                expected,
                                options.validation(),
                                patched.oddities(),
                                strategic));
    }

    private BodyDecoder decoder(Call call) {
        return new BodyDecoder(call.catalog(), protobuf);
    }

    private static Judged<Body> judged(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Body(var tree, var warnings) -> Judged.of(new Body(tree, warnings));
            case Decoded.Refused(var why) -> Judged.refused(why);
        };
    }
}

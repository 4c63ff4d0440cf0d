package dev.gantry.state.request;

import dev.gantry.state.definition.Subresource;
import dev.gantry.state.strategy.SubresourceRules;

/** The operation that a request asks for. */
public sealed interface ApiOperation {
    /** Of the whole object, or of a part that is stored with it. */
    record Get() implements ApiOperation {}

    record List() implements ApiOperation {}

    record Watch() implements ApiOperation {}

    record Create() implements ApiOperation {}

    record Update(SubresourceRules rules) implements ApiOperation {}

    record Patch(SubresourceRules rules) implements ApiOperation {}

    record Delete() implements ApiOperation {}

    record DeleteCollection() implements ApiOperation {}

    record GetScale(Subresource.Scaled scaled) implements ApiOperation {}

    record UpdateScale(Subresource.Scaled scaled) implements ApiOperation {}

    record PatchScale(Subresource.Scaled scaled) implements ApiOperation {}

    record Act(Subresource.Operation operation) implements ApiOperation {}

    record Connect(Subresource.Connect connect) implements ApiOperation {}
}

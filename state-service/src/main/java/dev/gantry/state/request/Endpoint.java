package dev.gantry.state.request;

import dev.gantry.state.definition.Subresource;
import dev.gantry.state.strategy.Part;

/** The operation that a request asks for. */
public sealed interface Endpoint {
    /** Of the whole object, or of a part that is stored with it. */
    record Get() implements Endpoint {}

    record List() implements Endpoint {}

    record Watch() implements Endpoint {}

    record Create() implements Endpoint {}

    record Update(Part part) implements Endpoint {}

    record Patch(Part part) implements Endpoint {}

    record Delete() implements Endpoint {}

    record DeleteCollection() implements Endpoint {}

    record GetScale(Subresource.Scaled scaled) implements Endpoint {}

    record UpdateScale(Subresource.Scaled scaled) implements Endpoint {}

    record PatchScale(Subresource.Scaled scaled) implements Endpoint {}

    record Act(Subresource.Operation operation) implements Endpoint {}

    record Connect(Subresource.Connect connect) implements Endpoint {}
}

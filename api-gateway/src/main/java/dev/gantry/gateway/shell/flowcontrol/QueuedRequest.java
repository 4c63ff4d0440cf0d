package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.authorization.Access;
import dev.gantry.gateway.flowcontrol.FlowSchema;
import dev.gantry.model.exchange.Caller;
import java.time.Instant;

/** A request that has to wait for its seats. */
record QueuedRequest(FlowSchema schema, Caller caller, Access access, int width, Instant arrived) {
    String distinguisher() {
        return schema.distinguisherOf(caller, access);
    }

    long flow() {
        return schema.flowOf(caller, access);
    }
}

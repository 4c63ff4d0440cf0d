package dev.gantry.gateway.shell;

import dev.gantry.model.exchange.ApiBackend;
import java.util.Optional;

/** The state service, where it runs in this JVM. */
record InProcess(Optional<ApiBackend> backend) {}

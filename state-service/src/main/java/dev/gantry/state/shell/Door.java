package dev.gantry.state.shell;

import dev.gantry.state.shell.http.HttpsDoor;
import java.util.Optional;

/** The port of the service, where it has one. */
record Door(Optional<HttpsDoor> https) implements AutoCloseable {
    @Override
    public void close() {
        https.ifPresent(HttpsDoor::close);
    }
}

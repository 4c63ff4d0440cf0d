package dev.gantry.agent.shell.http;

import java.io.IOException;
import java.util.Optional;

/** A client whose bytes are passed on, whatever they mean. One thread reads, another sends. */
interface RawClient extends AutoCloseable {
    /** The next bytes; empty once the client sends no more. */
    Optional<byte[]> read() throws IOException;

    void send(byte[] bytes) throws IOException;

    /** Ends it in good order. Not to be called by the thread that reads. */
    void finish() throws IOException;

    @Override
    void close() throws IOException;
}

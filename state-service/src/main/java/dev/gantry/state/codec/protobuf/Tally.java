package dev.gantry.state.codec.protobuf;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.gantry.state.codec.json.Bounds;

/** What the messages of one body amount to, embedded ones included. One use. */
final class Tally {
    /** A message is an object, often in a list: two levels of JSON. */
    private static final int MAX_DEPTH = Bounds.MAX_DEPTH / 2;

    /** Each copies what is embedded in it. */
    private static final int MAX_ENVELOPES = 5;

    private int values;
    private int depth;
    private int envelopes;

    /** The body holds more than {@link Bounds} allow. */
    static final class TooManyValues extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyValues() {
            super("too many values", null, false, false);
        }
    }

    void add(int found) {
        values += found;
        if (values > Bounds.MAX_VALUES) {
            throw new TooManyValues();
        }
    }

    void enter() throws InvalidProtocolBufferException {
        if (++depth > MAX_DEPTH) {
            throw new InvalidProtocolBufferException("message is nested too deeply");
        }
    }

    void leave() {
        depth--;
    }

    void open() throws InvalidProtocolBufferException {
        if (++envelopes > MAX_ENVELOPES) {
            throw new InvalidProtocolBufferException("objects are embedded too deeply");
        }
    }

    void close() {
        envelopes--;
    }
}

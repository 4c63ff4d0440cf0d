package dev.gantry.bench.hostile.client;

import java.io.IOException;
import java.util.List;

/** A kind of client that means harm. */
public interface Hostile {
    /** Whose token it shows, if it gets as far as that. */
    enum Caller {
        STRANGER,
        /** May write ConfigMaps in one namespace, and nothing else. */
        USER
    }

    /** As people choose it and read of it. */
    String name();

    Caller caller();

    /** How many attempts a second all clients of this kind make together. */
    int pace();

    /** Once; what is worth doing again is the caller's to repeat. */
    void attempt(Ground ground) throws IOException;

    /** All there are. */
    static List<Hostile> all() {
        return List.of(
                new SilentHandshake(),
                new IdleConnection(),
                new SlowHeaders(),
                new MalformedRequest(),
                new BrokenUpload(Caller.STRANGER),
                new BrokenUpload(Caller.USER),
                new StreamReset(Caller.STRANGER),
                new StreamReset(Caller.USER),
                new UnreadWatch(),
                CostlyBody.manyOwners(),
                CostlyBody.manyFaults(),
                CostlyBody.copyingPatch());
    }
}

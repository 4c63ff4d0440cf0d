package dev.gantry.state.shell.api.reply;

import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import java.util.List;

/**
 * Carries a refusal from a route to the backend, which answers with it. Never leaves the API's
 * rooms.
 */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal why;
    private final transient List<String> warnings;

    public Refused(Refusal why) {
        this(why, List.of());
    }

    /**
     * @param warnings what the client is told besides
     */
    public Refused(Refusal why, List<String> warnings) {
        super(why.message(), null, false, false);
        this.why = why;
        this.warnings = List.copyOf(warnings);
    }

    /** What was judged, where it is not refused. */
    public static <T> T accepted(Judged<T> judged) {
        return switch (judged) {
            case Judged.Accepted(var value) -> value;
            case Judged.Refused(var why) -> throw new Refused(why);
        };
    }

    public List<String> warnings() {
        return warnings;
    }

    public Refusal why() {
        return why;
    }
}

package dev.gantry.state.shell.api.reply;

import dev.gantry.model.exchange.ApiReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers that come with a warning, refusals included. */
public final class Warned {
    /** Performs a request. */
    @FunctionalInterface
    public interface Answering {
        ApiReply answer() throws InterruptedException;
    }

    private Warned() {}

    public static ApiReply of(Optional<String> warning, Answering request)
            throws InterruptedException {
        if (warning.isEmpty()) {
            return request.answer();
        }
        try {
            return Replies.warned(request.answer(), warning.get());
        } catch (Refused refused) {
            List<String> all = new ArrayList<>(List.of(warning.get()));
            all.addAll(refused.warnings());
            throw new Refused(refused.why(), all);
        }
    }
}

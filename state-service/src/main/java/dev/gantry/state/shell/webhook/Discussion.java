package dev.gantry.state.shell.webhook;

import dev.gantry.state.admission.Answers;
import dev.gantry.state.webhook.WebhookCall;
import java.time.Duration;
import java.util.List;

/** The calls of one request and their answers. Used by the thread that performs the request. */
public final class Discussion {
    private final WebhookCalls calls;
    private final long deadlineNanos;
    private Answers answers = Answers.NONE;

    Discussion(WebhookCalls calls, Duration limit) {
        this.calls = calls;
        this.deadlineNanos = System.nanoTime() + limit.toNanos();
    }

    public Answers answers() {
        return answers;
    }

    public void ask(List<WebhookCall> further) throws InterruptedException {
        Duration left = Duration.ofNanos(deadlineNanos - System.nanoTime());
        answers = answers.with(calls.ask(further, left));
    }
}

package dev.gantry.state.shell.webhook;

import dev.gantry.state.admission.Answers.Answered;
import dev.gantry.state.webhook.WebhookAnswer;
import dev.gantry.state.webhook.WebhookCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Makes the calls that decisions ask for. */
public final class WebhookCalls {
    /** Compat: {@code requestTimeoutUpperBound} of apiserver's handlers. */
    private static final Duration LIMIT = Duration.ofSeconds(34);

    private final WebhookClient client;
    private final WebhookCounts counts = new WebhookCounts();

    public WebhookCalls(WebhookClient client) {
        this.client = client;
    }

    public WebhookCounts counts() {
        return counts;
    }

    /** For one request, whose calls together take no longer than the limit. */
    public Discussion discussion() {
        return new Discussion(this, LIMIT);
    }

    /** All at once. */
    List<Answered> ask(List<WebhookCall> calls, Duration left) throws InterruptedException {
        if (calls.size() == 1) {
            return List.of(ask(calls.getFirst(), left));
        }
        List<Callable<Answered>> tasks = new ArrayList<>();
        calls.forEach(each -> tasks.add(() -> ask(each, left)));
        List<Answered> answers = new ArrayList<>();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : workers.invokeAll(tasks)) {
                answers.add(each.get());
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("calling webhooks", failed);
        }
        return answers;
    }

    private Answered ask(WebhookCall call, Duration left) throws InterruptedException {
        if (!left.isPositive()) {
            return new Answered(call, new WebhookAnswer.OutOfTime());
        }
        boolean isShort = left.compareTo(call.timeout()) < 0;
        long start = System.nanoTime();
        WebhookAnswer answer = client.ask(call, isShort ? left : call.timeout());
        counts.count(call, answer, Duration.ofNanos(System.nanoTime() - start));
        boolean isOver =
                isShort
                        && answer instanceof WebhookAnswer.Failed(var why)
                        && why.endsWith(GoWords.TIMED_OUT);
        return new Answered(call, isOver ? new WebhookAnswer.OutOfTime() : answer);
    }
}

package dev.gantry.client.shell.metrics;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that a component tells of itself. What cannot be told just now is left out. */
public final class MetricsPage {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);

    private final List<Consumer<StringBuilder>> parts;

    /**
     * @param parts each writes families that no other part has
     */
    public MetricsPage(List<Consumer<StringBuilder>> parts) {
        this.parts = List.copyOf(parts);
    }

    public String text() {
        var text = new StringBuilder();
        parts.forEach(each -> append(text, each));
        return text.toString();
    }

    private static void append(StringBuilder text, Consumer<StringBuilder> part) {
        int end = text.length();
        try {
            part.accept(text);
        } catch (RuntimeException unknown) {
            LOG.debug("some metrics cannot be told", unknown);
            text.setLength(end);
        }
    }
}

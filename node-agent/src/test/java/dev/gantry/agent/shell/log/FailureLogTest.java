package dev.gantry.agent.shell.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(FailureLogTest.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final FailureLog failures = new FailureLog(logger, "the measurement");

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
    }

    @Test
    void tellsARepeatedFailureOnceUntilItChangesOrIsOver() {
        failures.worked();
        failures.failed(new IOException("list containers: no answer after 5.003 s"));
        failures.failed(new IOException("list containers: no answer after 5.001 s"));
        failures.failed(new IOException("list containers: refused"));
        failures.worked();
        failures.worked();
        failures.failed(new IOException("list containers: refused"));
        assertThat(told())
                .containsExactly(
                        "the measurement failed and is tried again: list containers: no answer after 5.003 s",
                        "the measurement failed and is tried again: list containers: refused",
                        "the measurement works again",
                        "the measurement failed and is tried again: list containers: refused");
        assertThat(lines.list).allMatch(each -> each.getThrowableProxy() == null);
    }

    private List<String> told() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}

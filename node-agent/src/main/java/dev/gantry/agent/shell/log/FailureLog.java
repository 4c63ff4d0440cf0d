package dev.gantry.agent.shell.log;

import java.util.regex.Pattern;
import org.slf4j.Logger;

/**
 * Tells of something that is tried again and again: when it fails, when it fails for another
 * reason, and when it works again.
 */
public final class FailureLog {
    private static final Pattern NUMBERS = Pattern.compile("\\d+");

    private final Logger log;
    private final String what;
    private String told = "";

    /**
     * @param what is tried, as the subject of a sentence
     */
    public FailureLog(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /**
     * @param fault with a message that says what was asked of whom, and what came of it; numbers in
     *     it, such as how long it took, do not make it another one
     */
    public synchronized void failed(Exception fault) {
        String message = String.valueOf(fault.getMessage());
        String kind = NUMBERS.matcher(fault.getClass().getName() + message).replaceAll("");
        if (!kind.equals(told)) {
            told = kind;
            log.warn("{} failed and is tried again: {}", what, message);
        }
    }

    public synchronized void worked() {
        if (!told.isEmpty()) {
            told = "";
            log.info("{} works again", what);
        }
    }
}

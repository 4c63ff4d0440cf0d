package dev.gantry.cli.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scheduler's messages, as short as people need them. */
public final class MessageText {
    /** What the PostFilter plugins add: that nothing can be deallocated or preempted. */
    private static final Pattern AFTERTHOUGHT =
            Pattern.compile(
                    " (?:no new claims to deallocate|still not schedulable"
                            + "|deallocation of ResourceClaim completed), preemption: .*$");

    private static final Pattern NOT_FOUND = Pattern.compile("\\. not found$");

    private MessageText() {}

    /** What nodes lack, without what became of preemption. */
    public static String briefly(String message) {
        Matcher afterthought = AFTERTHOUGHT.matcher(message);
        return NOT_FOUND.matcher(afterthought.replaceAll("")).replaceAll(".");
    }
}

package dev.gantry.agent.testing;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names for things of the machine that no other run of the tests has, since this process is in
 * them; so it can also be told later what a run that was killed has left behind.
 */
public final class TestRun {
    private TestRun() {}

    /** With which all names of this run begin that are of that kind. */
    public static String prefix(String kind) {
        return kind + "-" + ProcessHandle.current().pid() + "-";
    }

    /** What is in the folder by such a name, of runs that are no more. */
    public static List<String> abandoned(String kind, File folder) {
        String[] all = folder.list();
        return all == null
                ? List.of()
                : Arrays.stream(all).filter(each -> isAbandoned(kind, each)).sorted().toList();
    }

    static boolean isAbandoned(String kind, String name) {
        Matcher ofRun = Pattern.compile(Pattern.quote(kind) + "-(\\d+)-.*").matcher(name);
        return ofRun.matches() && ProcessHandle.of(Long.parseLong(ofRun.group(1))).isEmpty();
    }
}

package dev.gantry.model.version;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The version of Kubernetes that is spoken, and what of. */
public final class ServerVersion {
    private static final String MAJOR = "1";
    private static final String MINOR = "36";
    private static final String GIT_VERSION = "v1.36.0+gantry.0.1.0";
    private static final String BUILD_DATE = "2026-01-01T00:00:00Z";
    private static final String LANGUAGE = "java" + Runtime.version().feature();
    private static final String PLATFORM = "linux/" + System.getProperty("os.arch", "amd64");

    /** Compat: the labels of {@code kubernetes_build_info}. */
    public static final SortedMap<String, String> BUILD = build();

    private ServerVersion() {}

    /** Compat: every field of version.Info, since typed clients demand them. */
    public static ObjectNode info() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("major", MAJOR)
                .put("minor", MINOR)
                .put("emulationMajor", MAJOR)
                .put("emulationMinor", MINOR)
                .put("minCompatibilityMajor", MAJOR)
                .put("minCompatibilityMinor", "35")
                .put("gitVersion", GIT_VERSION)
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", BUILD_DATE)
                .put("goVersion", LANGUAGE)
                .put("compiler", "javac")
                .put("platform", PLATFORM);
    }

    /** Of the program, without the letter that tags have. */
    public static String binary() {
        return GIT_VERSION.substring(1);
    }

    /** The version of Kubernetes whose behaviour is shown. */
    public static String emulated() {
        return MAJOR + "." + MINOR;
    }

    /** What it runs on, where Kubernetes tells Go's version. */
    public static String language() {
        return LANGUAGE;
    }

    private static SortedMap<String, String> build() {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("build_date", BUILD_DATE);
        labels.put("compiler", "javac");
        labels.put("git_commit", "");
        labels.put("git_tree_state", "clean");
        labels.put("git_version", GIT_VERSION);
        labels.put("go_version", LANGUAGE);
        labels.put("major", MAJOR);
        labels.put("minor", MINOR);
        labels.put("platform", PLATFORM);
        return Collections.unmodifiableSortedMap(labels);
    }
}

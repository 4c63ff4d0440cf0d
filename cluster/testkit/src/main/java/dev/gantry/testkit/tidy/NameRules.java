package dev.gantry.testkit.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Words that hide what a class or a package is. */
public final class NameRules {
    private static final List<String> BANNED_ENDINGS =
            List.of(
                    "Manager",
                    "Helper",
                    "Util",
                    "Utils",
                    "Impl",
                    "Processor",
                    "Handler",
                    "Data",
                    "Info",
                    "Base");

    /** These two name Kubernetes things, so nothing of ours is called after them. */
    private static final List<String> KUBERNETES_WORDS = List.of("Service", "Controller");

    private static final Set<String> BANNED_PACKAGES =
            Set.of(
                    "util", "utils", "common", "helper", "helpers", "misc", "impl", "base",
                    "manager", "dto");

    private NameRules() {}

    public static List<String> untidy(JavaSource source) {
        List<String> found = new ArrayList<>();
        for (String part : source.packageName().split("\\.")) {
            if (BANNED_PACKAGES.contains(part)) {
                found.add(source.at(1) + "no package is named " + part);
            }
        }
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void unused) {
                if (isBanned(type.getSimpleName().toString())) {
                    found.add(
                            source.at(type) + "the name " + type.getSimpleName() + " says nothing");
                }
                return super.visitClass(type, unused);
            }
        }.scan(source.unit(), null);
        return found;
    }

    private static boolean isBanned(String name) {
        return name.startsWith("Abstract")
                || BANNED_ENDINGS.stream().anyMatch(name::endsWith)
                || KUBERNETES_WORDS.stream()
                        .anyMatch(word -> name.endsWith(word) && !name.equals(word));
    }
}

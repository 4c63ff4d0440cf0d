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

    /** Kubernetes' own terms, whatever they end with. */
    private static final Set<String> KUBERNETES_TERMS = Set.of("FieldManager", "PodInfo");

    /** What is called a controller here is one of Kubernetes' controllers. */
    private static final List<String> PLACES_OF_CONTROLLERS =
            List.of("dev.gantry.controller", "dev.gantry.monitoring", "dev.gantry.client");

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
        boolean mayControl =
                PLACES_OF_CONTROLLERS.stream()
                        .anyMatch(place -> (source.packageName() + ".").startsWith(place + "."));
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void unused) {
                String name = type.getSimpleName().toString();
                if (isBanned(name) || !mayControl && isAfter("Controller", name)) {
                    found.add(
                            source.at(type) + "the name " + type.getSimpleName() + " says nothing");
                }
                return super.visitClass(type, unused);
            }
        }.scan(source.unit(), null);
        return found;
    }

    private static boolean isBanned(String name) {
        return !KUBERNETES_TERMS.contains(name)
                && (name.startsWith("Abstract")
                        || BANNED_ENDINGS.stream().anyMatch(name::endsWith)
                        || isAfter("Service", name));
    }

    /** Whether the name says that it is one of the Kubernetes things of this name. */
    private static boolean isAfter(String thing, String name) {
        return name.endsWith(thing) && !name.equals(thing);
    }
}

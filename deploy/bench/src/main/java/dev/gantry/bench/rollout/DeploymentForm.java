package dev.gantry.bench.rollout;

/**
 * The Deployments that are measured.
 *
 * @param isRun otherwise their pods ask for a node that nobody has, and wait for good
 */
public record DeploymentForm(String image, boolean isRun) {
    /** On pods: which template they were made from. */
    static final String REVISION = "revision";

    private static final String NOWHERE =
            """
            "nodeSelector":{"gantry.dev/bench":"nowhere"},""";

    /** Pods that never become ready would hold up an update that keeps some available. */
    private static final String ALL_AT_ONCE =
            """
            "strategy":{"rollingUpdate":{"maxUnavailable":"100%"}},""";

    /** Pods end as soon as they are told to, so that no grace is measured. */
    String json(String name, int replicas, int revision) {
        return """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s"},"spec":{"replicas":%2$d,%7$s\
        "selector":{"matchLabels":{"app":"%1$s"}},\
        "template":{"metadata":{"labels":{"app":"%1$s","%3$s":"%4$d"}},"spec":{%5$s\
        "terminationGracePeriodSeconds":5,"containers":[{"name":"main","image":"%6$s",\
        "command":["sh","-c","trap 'exit 0' TERM; sleep 3600 & wait"]}]}}}}"""
                .formatted(
                        name,
                        replicas,
                        REVISION,
                        revision,
                        isRun ? "" : NOWHERE,
                        image,
                        isRun ? "" : ALL_AT_ONCE);
    }

    /** A merge patch. */
    static String scaled(int replicas) {
        return "{\"spec\":{\"replicas\":" + replicas + "}}";
    }

    /** A merge patch that changes the template. */
    static String revised(int revision) {
        return """
        {"spec":{"template":{"metadata":{"labels":{"%s":"%d"}}}}}"""
                .formatted(REVISION, revision);
    }
}

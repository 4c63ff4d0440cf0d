package dev.gantry.state.definition;

import java.util.List;

/**
 * Other names under which clients find a resource.
 *
 * @param categories such as {@code all}, where {@code kubectl get all} should list it
 */
public record Aliases(String singular, List<String> shortNames, List<String> categories) {}

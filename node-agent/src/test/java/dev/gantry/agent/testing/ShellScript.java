package dev.gantry.agent.testing;

/** What is understood of a shell script: {@code echo} and {@code exit}. */
record ShellScript(String text) {
    String output() {
        var out = new StringBuilder();
        for (String each : text.split(";")) {
            String word = each.strip();
            if (word.startsWith("echo ")) {
                out.append(word.substring("echo ".length())).append('\n');
            }
        }
        return out.toString();
    }

    int exitCode() {
        for (String each : text.split(";")) {
            String word = each.strip();
            if (word.startsWith("exit ")) {
                return Integer.parseInt(word.substring("exit ".length()));
            }
        }
        return 0;
    }
}

package dev.versicle;

/** The jar's first class: runs on any Java from 11 on, to say in words when it is too old. */
public final class Start {
    private static final int JAVA_MIN = 25;

    private Start() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        if (Runtime.version().feature() < JAVA_MIN) {
            System.err.println("Versicle needs Java " + JAVA_MIN + " or later; this is Java "
                    + Runtime.version().feature() + ". Run it with the java of a newer JDK.");
            System.exit(1);
        }
        Class.forName("dev.versicle.Application")
                .getMethod("main", String[].class)
                .invoke(null, (Object) args);
    }
}

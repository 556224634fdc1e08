package dev.versicle.bench;

import dev.versicle.git.House;
import dev.versicle.prompt.PromptId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** Counts how often a checkpoint forces something to the disk, as the JVM itself records it. */
final class Forces {
    private static final String FORCE = "jdk.FileForce";
    private static final int CHECKPOINTS = 100;

    private Forces() {}

    /** Of a checkpoint in the heart and below; the index's own, which are rare, are not seen. */
    static double perCheckpoint(Scratch scratch, Texts texts) throws IOException {
        Path events = scratch.resolve("forces.jfr");
        try (House house = new House(scratch.resolve("forces"));
                Recording recording = new Recording()) {
            PromptId id = house.create("Prompt", texts.next());
            house.save(id, texts.next());
            recording.enable(FORCE).withThreshold(Duration.ZERO).withoutStackTrace();
            recording.start();
            for (int i = 0; i < CHECKPOINTS; i++) {
                house.save(id, texts.next());
            }
            recording.stop();
            recording.dump(events);
        }
        double forces = RecordingFile.readAllEvents(events).stream()
                .filter(event -> event.getEventType().getName().equals(FORCE))
                .count();
        return forces / CHECKPOINTS;
    }
}

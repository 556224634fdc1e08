package dev.versicle.git;

import dev.versicle.prompt.MergeConflict;
import dev.versicle.prompt.MergeConflict.Lines;
import dev.versicle.prompt.MergeConflict.Region;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.merge.MergeChunk;
import org.eclipse.jgit.merge.MergeChunk.ConflictState;
import org.eclipse.jgit.merge.MergeResult;

/** Tells where texts conflict; one object for all files of a merge, since they share its limits. */
final class Regions {
    private static final int BASE = 0;
    private static final int OURS = 1;
    private static final int THEIRS = 2;

    private int told;
    private int characters;

    /** A file's conflict, with its regions where {@code merged} is a merge of texts. */
    MergeConflict conflict(
            String path, MergeConflict.Kind kind, Optional<? extends MergeResult<? extends Sequence>> merged) {
        if (merged.isEmpty() || kind == MergeConflict.Kind.MODE) {
            return new MergeConflict(path, kind, false, List.of(), true);
        }
        if (!merged.get().iterator().hasNext() || !areTexts(merged.get())) {
            return new MergeConflict(path, kind, true, List.of(), true);
        }
        List<Region> all = regions(merged.get());
        List<Region> kept = new ArrayList<>();
        for (Region region : all) {
            if (fits(region)) {
                kept.add(region);
            }
        }
        return new MergeConflict(path, kind, false, kept, kept.size() == all.size());
    }

    private boolean fits(Region region) {
        int length = region.base().text().length()
                + region.ours().text().length()
                + region.theirs().text().length();
        if (told == MergeConflict.REGIONS_MAX || characters + (long) length > MergeConflict.CHARACTERS_MAX) {
            return false;
        }
        told++;
        characters += length;
        return true;
    }

    private static boolean areTexts(MergeResult<? extends Sequence> merged) {
        return merged.getSequences().stream().allMatch(sequence -> sequence instanceof RawText text && isText(text));
    }

    private static boolean isText(RawText text) {
        try {
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(text.getRawContent()))
                            .toString()
                            .indexOf('\0')
                    < 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static List<Region> regions(MergeResult<? extends Sequence> merged) {
        List<MergeChunk> chunks = new ArrayList<>();
        merged.forEach(chunks::add);
        List<Region> regions = new ArrayList<>();
        for (int i = 0; i + 2 < chunks.size(); i++) {
            if (chunks.get(i).getConflictState() == ConflictState.FIRST_CONFLICTING_RANGE) {
                regions.add(region(merged, chunks, i));
            }
        }
        return regions;
    }

    /**
     * JGit takes off what both sides begin and end with alike, and as many lines of the base, which are others; these
     * are put back.
     */
    private static Region region(MergeResult<? extends Sequence> merged, List<MergeChunk> chunks, int first) {
        MergeChunk ours = chunks.get(first);
        MergeChunk base = chunks.get(first + 1);
        MergeChunk theirs = chunks.get(first + 2);
        Optional<MergeChunk> before = first == 0 ? Optional.empty() : Optional.of(chunks.get(first - 1));
        Optional<MergeChunk> after = first + 3 == chunks.size() ? Optional.empty() : Optional.of(chunks.get(first + 3));
        int begin = base.getBegin()
                - before.filter(chunk -> isAlike(chunk) && chunk.getEnd() == ours.getBegin())
                        .map(Regions::length)
                        .orElse(0);
        int end = base.getEnd()
                + after.filter(chunk -> isAlike(chunk) && chunk.getBegin() == ours.getEnd())
                        .map(Regions::length)
                        .orElse(0);
        return new Region(
                lines(merged, BASE, begin, Math.max(begin, end)),
                lines(merged, OURS, ours.getBegin(), ours.getEnd()),
                lines(merged, THEIRS, theirs.getBegin(), theirs.getEnd()));
    }

    private static boolean isAlike(MergeChunk chunk) {
        return chunk.getConflictState() == ConflictState.NO_CONFLICT && chunk.getSequenceIndex() == OURS;
    }

    private static int length(MergeChunk chunk) {
        return chunk.getEnd() - chunk.getBegin();
    }

    private static Lines lines(MergeResult<? extends Sequence> merged, int side, int begin, int end) {
        RawText text = (RawText) merged.getSequences().get(side);
        String lines = begin == end ? "" : text.getString(begin, end, false);
        return new Lines(begin == end ? begin : begin + 1, end - begin, lines);
    }
}

package dev.versicle.git;

import dev.versicle.prompt.GitService;
import dev.versicle.prompt.Wire;
import dev.versicle.storage.RepositoryView;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.LsRefsV2Request;
import org.eclipse.jgit.transport.ObjectInfoRequest;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ProtocolV2Hook;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.TransferConfig;
import org.eclipse.jgit.transport.UploadPack;

/** Gives Git clients refs and objects; a client that asks what it may not is told so in a sentence. */
final class Upload {
    /** Git's longest packet is a little shorter. */
    private static final int BUFFER_BYTES = 64 << 10;

    /** Objects above it are sent as they lie, so that a transfer holds few of them at a time. */
    private static final int DELTA_OBJECT_BYTES_MAX = 1 << 20;

    private static final int DELTA_SEARCH_OBJECTS_MAX = 1;
    private static final int DELTA_SEARCH_BYTES_MAX = 16 << 20;
    private static final int DELTA_CACHE_BYTES_MAX = 4 << 20;
    private static final String LS_REFS = "ls-refs";

    private final String what;
    private final Repository git;
    private final Sight sight;

    /**
     * @param what for the log
     * @param sight what is the client's to have
     */
    Upload(String what, Repository git, Sight sight) {
        this.what = what;
        this.git = git;
        this.sight = sight;
    }

    void advertise(Wire wire) throws IOException {
        OutputStream out = new BufferedOutputStream(wire.out(), BUFFER_BYTES);
        SeenRefs refs = new SeenRefs(git, sight);
        try (UploadPack pack = pack(wire, refs)) {
            pack.setRequestValidator(new Wanted(git, refs, sight));
            pack.sendAdvertisedRefs(new Capabilities(new PacketLineOut(out)), GitService.UPLOAD_PACK.text());
        }
        out.flush();
    }

    void upload(Wire wire) throws IOException {
        OutputStream out = new BufferedOutputStream(wire.out(), BUFFER_BYTES);
        SeenRefs refs = new SeenRefs(git, sight);
        Wanted wanted = new Wanted(git, refs, sight);
        FetchLines lines = new FetchLines(wire.in(), wire.limits(), wanted::require);
        LastWord last = new LastWord(what, out);
        try (UploadPack pack = pack(wire, refs)) {
            pack.setRequestValidator(wanted);
            pack.setProtocolV2Hook(new Hook(lines, refs, out));
            pack.setPreUploadHook(last);
            try {
                pack.uploadWithExceptionPropagation(lines, out, null);
            } catch (EOFException e) {
                if (!lines.onlyAsksForShallows()) {
                    last.say(e, lines, pack);
                }
            } catch (IOException | RuntimeException e) {
                last.say(e, lines, pack);
            }
        }
        out.flush();
    }

    private UploadPack pack(Wire wire, SeenRefs refs) {
        UploadPack pack = new UploadPack(new RepositoryView(git, refs));
        pack.setBiDirectionalPipe(false);
        Config config = new Config();
        config.setBoolean("uploadpack", null, "allowfilter", true);
        pack.setTransferConfig(new TransferConfig(config));
        pack.setPackConfig(packConfig());
        wire.protocol().ifPresent(protocol -> pack.setExtraParameters(List.of(protocol.split(":"))));
        return pack;
    }

    /** One transfer takes one processor and not much memory, however large a prompt is. */
    private static PackConfig packConfig() {
        PackConfig config = new PackConfig();
        config.setThreads(1);
        // A clone of loose objects waits for the search for differences, then for the deflating: with JGit's defaults
        // longer than at git http-backend (the benchmark's "git clone"). One that looks at the nearest object alone
        // takes
        // half of that time, and makes a pack of unlike texts some 13 % larger than git's.
        config.setDeltaSearchWindowSize(DELTA_SEARCH_OBJECTS_MAX);
        config.setCompressionLevel(Deflater.BEST_SPEED);
        config.setBigFileThreshold(DELTA_OBJECT_BYTES_MAX);
        config.setDeltaSearchMemoryLimit(DELTA_SEARCH_BYTES_MAX);
        config.setDeltaCacheSize(DELTA_CACHE_BYTES_MAX);
        return config;
    }

    /** Tells of what is served here beyond what JGit tells of. */
    private static final class Capabilities extends PacketLineOutRefAdvertiser {
        Capabilities(PacketLineOut out) {
            super(out);
        }

        /** JGit reads these lines in all versions of the protocol, and says so in version 2 alone. */
        @Override
        public void init(Repository src) {
            super.init(src);
            advertiseCapability("deepen-since");
            advertiseCapability("deepen-not");
        }

        @Override
        protected void writeOne(CharSequence line) throws IOException {
            String text = line.toString().strip();
            super.writeOne((text.equals(LS_REFS) ? LS_REFS + "=unborn" : text) + "\n");
        }
    }

    /** What JGit does beyond what it is asked to, or does not do. */
    private static final class Hook implements ProtocolV2Hook {
        private final FetchLines lines;
        private final SeenRefs refs;
        private final OutputStream out;

        Hook(FetchLines lines, SeenRefs refs, OutputStream out) {
            this.lines = lines;
            this.refs = refs;
            this.out = out;
        }

        @Override
        public void onLsRefs(LsRefsV2Request request) throws ServiceMayNotContinueException {
            try {
                Optional<String> target = lines.asksForUnborn() && request.getSymrefs()
                        ? unborn(request.getRefPrefixes())
                        : Optional.empty();
                if (target.isPresent()) {
                    new PacketLineOut(out)
                            .writeString("unborn " + RefNames.HEAD + " symref-target:" + target.get() + "\n");
                }
            } catch (IOException e) {
                throw new ServiceMayNotContinueException("The refs could not be read.", e);
            }
        }

        private Optional<String> unborn(List<String> prefixes) throws IOException {
            return Optional.ofNullable(refs.told().get(RefNames.HEAD))
                    .filter(head -> head.isSymbolic() && head.getObjectId() == null)
                    .filter(head -> prefixes.isEmpty() || prefixes.stream().anyMatch(RefNames.HEAD::startsWith))
                    .map(head -> head.getLeaf().getName());
        }

        /** JGit would tell the size of any object whose id is known, asked to or not. */
        @Override
        public void onObjectInfo(ObjectInfoRequest request) throws ServiceMayNotContinueException {
            throw new ServiceMayNotContinueException("This server does not serve object-info.");
        }
    }
}

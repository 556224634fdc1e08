package dev.versicle.storage;

import org.eclipse.jgit.attributes.AttributesNodeProvider;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.StoredConfig;

/**
 * A repository to read from, of whose refs some are not there. Its objects are all there: who must not have some has to
 * be kept from asking for them. It need not be closed, and closing it leaves the whole repository open.
 */
public final class RepositoryView extends Repository {
    private final Repository whole;
    private final RefDatabase refs;

    public RepositoryView(Repository whole, RefDatabase refs) {
        super(new RepositoryBuilder().setBare());
        this.whole = whole;
        this.refs = refs;
    }

    @Override
    public void create(boolean bare) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getIdentifier() {
        return whole.getIdentifier();
    }

    @Override
    public ObjectDatabase getObjectDatabase() {
        return whole.getObjectDatabase();
    }

    @Override
    public RefDatabase getRefDatabase() {
        return refs;
    }

    @Override
    public StoredConfig getConfig() {
        return whole.getConfig();
    }

    @Override
    public AttributesNodeProvider createAttributesNodeProvider() {
        return whole.createAttributesNodeProvider();
    }

    @Override
    public void scanForRepoChanges() {
        // who reads from it looks anew by itself
    }

    @Override
    public void notifyIndexChanged(boolean internal) {
        // it has no index
    }

    @Override
    protected void doClose() {
        // the whole repository belongs to somebody else
    }
}

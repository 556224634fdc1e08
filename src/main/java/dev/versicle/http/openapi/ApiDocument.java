package dev.versicle.http.openapi;

/** The documents, one for each door and one for what is at none. A new door's document is a file, and a line here. */
enum ApiDocument {
    TETHER("tether.yaml", "Tether"),
    ORKES("orkes.yaml", "Orkes Conductor"),
    V1("v1.yaml", "Versicle, with prompts.dev"),
    HOUSE("house.yaml", "House");

    private final String file;
    private final String title;

    ApiDocument(String file, String title) {
        this.file = file;
        this.title = title;
    }

    /** Its name below {@code /openapi}. */
    String file() {
        return file;
    }

    /** What the page's selector calls it. */
    String title() {
        return title;
    }
}

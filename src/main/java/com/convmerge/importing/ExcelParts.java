package com.convmerge.importing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The parts of an .xlsx file, which is an archive of XML files. */
final class ExcelParts {
    private static final String SHARED_TEXTS =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml";
    private static final String STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
    private static final XMLInputFactory XML = XMLInputFactory.newFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private final byte[] file;

    ExcelParts(byte[] file) {
        this.file = file;
    }

    /** Looks at an element where it begins; it may read on to the element's end. */
    interface Look {
        void at(XMLStreamReader element) throws XMLStreamException;
    }

    /** Which parts are sheets, by the ids that the workbook gives them. */
    Map<String, String> sheets() throws IOException {
        Map<String, String> sheets = new LinkedHashMap<>();
        read("xl/_rels/workbook.xml.rels", element -> {
            if (attribute(element, "Type").endsWith("/worksheet")) {
                sheets.put(
                        attribute(element, "Id"), attribute(element, "Target").replaceFirst("^/?(?:xl/)?", "xl/"));
            }
        });
        return sheets;
    }

    /** Where the links of a sheet lead, by their ids. */
    Map<String, String> targets(String sheet) throws IOException {
        Map<String, String> targets = new LinkedHashMap<>();
        int folder = sheet.lastIndexOf('/') + 1;
        read(sheet.substring(0, folder) + "_rels/" + sheet.substring(folder) + ".rels", element -> {
            String target = element.getAttributeValue(null, "Target");
            if (target != null) {
                targets.put(attribute(element, "Id"), target);
            }
        });
        return targets;
    }

    /** How many texts the cells can share; the library finds them by their content type only. */
    long sharedTexts() throws IOException {
        Optional<String> part = ofType(SHARED_TEXTS);
        long[] texts = {0};
        if (part.isPresent()) {
            read(part.get(), element -> texts[0] += element.getLocalName().equals("si") ? 1 : 0);
        }
        return texts[0];
    }

    /** Whether the file says in which form its numbers are shown. */
    boolean haveStyles() throws IOException {
        return ofType(STYLES).isPresent();
    }

    private Optional<String> ofType(String type) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        read(
                "[Content_Types].xml",
                element -> parts.put(attribute(element, "ContentType"), attribute(element, "PartName")));
        return Optional.ofNullable(parts.get(type)).map(part -> part.replaceFirst("^/", ""));
    }

    /** Shows all elements of a part; none if there is no such part. */
    void read(String part, Look look) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && !entry.getName().equalsIgnoreCase(part)) {
                entry = zip.getNextEntry();
            }
            if (entry == null) {
                return;
            }
            XMLStreamReader xml = XML.createXMLStreamReader(zip);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    look.at(xml);
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException(part + " is no XML", e);
        }
    }

    /** Empty if the element has none of that name. */
    static String attribute(XMLStreamReader element, String name) {
        String value = element.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}

package com.convmerge.importing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The hyperlinks of an .xlsx file's sheet, which stand apart from its cells. */
final class ExcelLinks {
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final XMLInputFactory XML = XMLInputFactory.newFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private ExcelLinks() {}

    /** Where the cells of a sheet link, by their addresses such as {@code B2}; without what cannot be found. */
    static Map<String, String> of(byte[] file, String sheetId) throws IOException {
        Map<String, String> links = new HashMap<>();
        String sheet = relations(file, "xl/_rels/workbook.xml.rels")
                .getOrDefault(sheetId, "")
                .replaceFirst("^/?(?:xl/)?", "");
        int folder = sheet.lastIndexOf('/') + 1;
        Map<String, String> targets =
                relations(file, "xl/" + sheet.substring(0, folder) + "_rels/" + sheet.substring(folder) + ".rels");
        if (!targets.isEmpty()) {
            read(file, "xl/" + sheet, element -> {
                String target = targets.get(String.valueOf(element.getAttributeValue(RELATIONS, "id")));
                if (element.getLocalName().equals("hyperlink") && target != null) {
                    String location = element.getAttributeValue(null, "location");
                    links.put(
                            String.valueOf(element.getAttributeValue(null, "ref")),
                            location == null ? target : target + "#" + location);
                }
            });
        }
        return links;
    }

    private static Map<String, String> relations(byte[] file, String part) throws IOException {
        Map<String, String> relations = new HashMap<>();
        read(file, part, element -> {
            String target = element.getAttributeValue(null, "Target");
            if (target != null) {
                relations.put(String.valueOf(element.getAttributeValue(null, "Id")), target);
            }
        });
        return relations;
    }

    private static void read(byte[] file, String part, Consumer<XMLStreamReader> element) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && !entry.getName().equals(part)) {
                entry = zip.getNextEntry();
            }
            if (entry == null) {
                return;
            }
            XMLStreamReader xml = XML.createXMLStreamReader(zip);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    element.accept(xml);
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException(part + " is no XML", e);
        }
    }
}

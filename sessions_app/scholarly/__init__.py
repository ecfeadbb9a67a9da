"""What libraries are told of recordings and conferences: one plain record, written as DataCite and as Dublin Core."""

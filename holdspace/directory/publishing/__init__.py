"""Writing the lists others read: an Entry in, the shapes of each format out. Pure: no Django, no database."""

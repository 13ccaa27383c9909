/* formats/unfinished: the files now being written, so that an interrupted program leaves none. */
#ifndef NR_FORMATS_UNFINISHED_H
#define NR_FORMATS_UNFINISHED_H

/* Notes a file; its number, or -1 when there are too many or its name is too long. */
int nr_unfinished_add(const char *path);
/* It is whole, or gone. */
void nr_unfinished_done(int number);
#endif

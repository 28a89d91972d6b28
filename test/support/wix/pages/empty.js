// Page code of a page whose owner pasted nothing.

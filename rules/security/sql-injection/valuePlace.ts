/** Where a value stands in SQL, without quotes around it; matched against what stands before it. */
export const VALUE = /(?:[=<>]|\blike|\blimit|\boffset|\bin\s*\(|\bvalues\s*\()\s*$/i;

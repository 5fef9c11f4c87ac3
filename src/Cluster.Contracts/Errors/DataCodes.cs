#pragma warning disable CS1591 // Each code's description is its attribute, from which docs/errors.md and `searchcluster help` come.
namespace SearchCluster.Contracts.Errors;

/// <summary>Codes of data that cannot be used as asked.</summary>
[ErrorFamily("Data")]
public static class DataCodes
{
    [ErrorDescription("Data are not where they were said to be, or cannot be opened.", "Check the path and its permissions.")]
    public const string CannotOpen = "SC3000";

    [ErrorDescription("A table has no data rows, or none is left.", "Check the file, data.missing and data.skipLines.")]
    public const string NoRows = "SC3001";

    [ErrorDescription("A row has another number of fields than the first.", "Correct the row; a separator or quote may be missing.")]
    public const string RaggedRow = "SC3002";

    [ErrorDescription(
        "A quoted field is not closed, or text follows its closing quote.",
        "Correct the quotes; two quotes inside a quoted field stand for one.")]
    public const string Quotes = "SC3003";

    [ErrorDescription(
        "A field that must be a number is none, or is empty.", "Correct it, or say what becomes of empty fields with data.missing.")]
    public const string NotANumber = "SC3004";

    [ErrorDescription("A number is too large to compute with.", "Rescale the column.")]
    public const string NumberOutOfRange = "SC3005";

    [ErrorDescription(
        "The header names a column twice, or not at all.", "Correct the header, or say data.header: false if the table has none.")]
    public const string Header = "SC3006";

    [ErrorDescription("Columns that are needed are missing, or play two roles.", "Correct data.target, data.features or data.exclude.")]
    public const string Columns = "SC3007";

    [ErrorDescription("A column has too many different texts for categories.", "Leave it out with data.exclude.")]
    public const string TooManyTexts = "SC3008";

    [ErrorDescription(
        "Labels or classes do not make a task, or are not those that the model knows.", "Correct the labels that the message names.")]
    public const string Labels = "SC3009";

    [ErrorDescription("A text or table is not UTF-8.", "Save it as UTF-8.")]
    public const string NotUtf8 = "SC3010";

    [ErrorDescription("Data are larger than the limit of their kind.", "Give fewer or smaller data; the message names the limit.")]
    public const string TooLarge = "SC3011";

    [ErrorDescription("A file changed while it was read.", "Start again when its writer is done.")]
    public const string Changing = "SC3012";

    [ErrorDescription(
        "The rows do not suffice for the split, the folds or the window.", "Correct data.split or data.series, or give more data.")]
    public const string Split = "SC3013";

    [ErrorDescription("No data set of this name is registered.", "See searchcluster data list; register it with searchcluster data add.")]
    public const string NotRegistered = "SC3014";

    [ErrorDescription("The registration of a data set is damaged.", "Register it again with --replace.")]
    public const string RegistrationDamaged = "SC3015";

    [ErrorDescription("A data set of this name is registered already.", "Take another name, or replace it.")]
    public const string NameTaken = "SC3016";

    [ErrorDescription("Data cannot be kept on disk.", "Make room, set TMPDIR, or write data.storage: memory.")]
    public const string NoScratch = "SC3017";

    [ErrorDescription("The data are not those that their hash names.", "Use the right data, or correct data.sha256.")]
    public const string OtherBytes = "SC3018";

    [ErrorDescription(
        "A file, folder or archive does not hold what its format asks for.",
        "Name its layout with data.format, or correct the folder; docs/data.md shows the layouts.")]
    public const string NotTheLayout = "SC3019";

    [ErrorDescription("A file is no image of a kind that is read.", "Remove it, or convert it to PNG, JPEG or BMP.")]
    public const string NotAnImage = "SC3101";

    [ErrorDescription("An image ends early or is damaged.", "Replace it.")]
    public const string DamagedImage = "SC3102";

    [ErrorDescription("An image has more pixels than are read.", "Scale it down.")]
    public const string ImageTooLarge = "SC3103";

    [ErrorDescription(
        "Images differ in size or channels, or pixels do not fit the size.", "Say width, height and channels under data.images.")]
    public const string ImageSizes = "SC3104";

    [ErrorDescription("Images and their targets do not fit together.", "Correct the pair that the message names.")]
    public const string Targets = "SC3105";

    [ErrorDescription("A file is no IDX file of images or labels.", "Use the file that the format asks for.")]
    public const string NotIdx = "SC3110";

    [ErrorDescription("A file ends before its header says, or is no whole number of records.", "Fetch it again.")]
    public const string BytesMissing = "SC3111";

    [ErrorDescription("A file goes on after what its header says.", "Fetch it again.")]
    public const string BytesTooMany = "SC3112";

    [ErrorDescription("There are more images than labels, or fewer.", "Use the two files that belong together.")]
    public const string CountsDiffer = "SC3113";

    [ErrorDescription("A gzip file is damaged, ends early, or is none.", "Fetch it again.")]
    public const string DamagedGzip = "SC3121";

    [ErrorDescription(
        "An archive is damaged, is none that is read, or has names that lead out of it.",
        "Give a .zip, .tar or .tar.gz, or the unpacked folder.")]
    public const string DamagedArchive = "SC3122";

    [ErrorDescription("An archive holds more than is unpacked.", "Give the unpacked folder.")]
    public const string ArchiveTooLarge = "SC3123";

    [ErrorDescription("Parquet files are not read.", "Save the table as CSV.")]
    public const string Parquet = "SC3130";

    [ErrorDescription("A public data set was not fetched.", "Try again later: what has arrived is kept; or give a mirror with --from URL.")]
    public const string NotFetched = "SC3201";

    [ErrorDescription("A fetched data set cannot be written.", "Make room, or choose another --state.")]
    public const string FetchUnwritable = "SC3202";

    [ErrorDescription("The first line of a table may be its header or a row.", "Say data.header: true or false.")]
    public const string HeaderUnclear = "SC3210";

    [ErrorDescription("More than one character may separate the fields of a table.", "Say data.separator.")]
    public const string SeparatorUnclear = "SC3211";

    [ErrorDescription(
        "The dates of a column may begin with the day or with the month.", "Say data.dates: { COLUMN: day-first } or month-first.")]
    public const string DatesUnclear = "SC3212";

    [ErrorDescription("A file that is read as a table is of another kind.", "Save the table as CSV; the message says what the file is.")]
    public const string NotATable = "SC3213";

    [ErrorDescription(
        "The last of the lines that are left out before rows for a model looks like a row.",
        "Say --skip-lines, or put the lines before the table that the training table had.")]
    public const string SkippedRow = "SC3214";

    [ErrorDescription(
        "Parts that the data bring, or that row numbers name, share a group of data.split.groupBy.",
        "Correct the parts, or remove groupBy.")]
    public const string GroupInTwoParts = "SC3250";

    [ErrorDescription("There are fewer groups than parts or folds.", "Ask for fewer parts or folds, or group by another column.")]
    public const string TooFewGroups = "SC3251";

    [ErrorDescription(
        "data.split.groupBy gives a row no group, or the data have none.",
        "Name a column that is filled in each row and is not the target; for images a pattern of their paths with one pair of brackets.")]
    public const string NoGroup = "SC3252";

    [ErrorDescription(
        "A model answers several numbers, but one target column is named.",
        "Leave --target out, and name the columns like those of the training data.")]
    public const string SeveralTargets = "SC3253";

    [ErrorDescription(
        "Weights of a model are NaN or infinite.", "Use another trial; a smaller learning rate keeps training from diverging.")]
    public const string WeightsNotFinite = "SC3254";

    [ErrorDescription(
        "A model answers NaN or an infinite number for a row.",
        "Look for numbers far outside the training data, or empty fields, in that row.")]
    public const string PredictionNotFinite = "SC3255";

    [ErrorDescription(
        "A path names a folder, a named pipe, a device or a socket where a regular file is read.",
        "Name a file; save what a pipe or device gives as a file first.")]
    public const string NoRegularFile = "SC3300";

    [ErrorDescription("data.images.channels asks for opacity, but no image has transparency.", "Write channels: 1 or 3.")]
    public const string NoOpacity = "SC3301";

    [ErrorDescription(
        "Folders of images could be parts as well as classes.",
        "Give each part a folder for each class, move away what is neither, or say data.images.classLevel; docs/data.md tells the rules.")]
    public const string AmbiguousFolders = "SC3302";

    [ErrorDescription("An image file has several pictures.", "Save the one that is meant, or each as a file of its own.")]
    public const string SeveralPictures = "SC3303";

    [ErrorDescription("A TIFF is of a kind that is not read.", "Save it as PNG, or as a TIFF of 8 or 16 bits in grey or colours.")]
    public const string UnreadTiff = "SC3304";

    [ErrorDescription("Data are in a format that is not read here, such as a Python pickle.", "Convert them as the message says.")]
    public const string UnreadFormat = "SC3305";

    [ErrorDescription(
        "Data or weights that a spec names are not on this machine.",
        "Correct the path, which counts from the folder of the spec; leave it only if the workers have the file.")]
    public const string NotHere = "SC3310";

    [ErrorDescription(
        "Data are not those that the trials of the search learned from, so their results would not compare.",
        "Bring back the data of before and resume; or start over with run --fresh; or search beside it with run --name NEW.")]
    public const string OtherData = "SC3311";

    [ErrorDescription(
        "A data set has a file whose path other machines cannot have, so it does not travel.",
        "Rename the file: no '..', no ':' or '\\', nothing hidden, and no two names that differ in case only.")]
    public const string UnsafePath = "SC3312";

    [ErrorDescription(
        "A data set is larger than the cache of this worker may be.", "Start the worker with a larger --data-cache, or give smaller data.")]
    public const string CacheTooSmall = "SC3313";
}

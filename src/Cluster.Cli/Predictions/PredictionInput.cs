using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Fetching;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Specs;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Series;
using SearchCluster.Models.Data.Tables.Columns;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Ensembles.Predictors;

namespace SearchCluster.Cli.Predictions;

/// <summary>What a person gives a model or asks about: a file, plain or gzipped, a folder, an archive, standard input, or a registered data
/// set. The one place that opens it.</summary>
internal static class PredictionInput
{
    // A pipe has no file name; pictures that are made from it get this one.
    private const string PipeFile = "stdin";

    /// <summary>Opens it.</summary>
    /// <param name="context">The command.</param>
    /// <param name="input">A path, <c>-</c>, <c>registered:NAME</c>; or a name where no file is called so.</param>
    /// <exception cref="CliException">It is not there, or no regular file.</exception>
    public static async Task<DataInput> OpenAsync(CommandContext context, string input)
    {
        if (input == SpecInput.StandardInput)
        {
            return DataInput.Of(PipeFile, await StandardInput.ReadAsync(context, "data", TextFile.MaximumBytes), StandardInput.Name);
        }

        var path = context.FullPath(input);
        if (Path.Exists(path))
        {
            return Open(path, input);
        }

        var name = input.StartsWith(DataSpec.RegisteredPrefix, StringComparison.Ordinal)
            ? input[DataSpec.RegisteredPrefix.Length..]
            : input;
        if (context.DataRegistry.Find(name) is not null || (name != input && !context.IsElsewhere))
        {
            var data = context.DataRegistry.Resolve(new DataSpec(DataSpec.RegisteredPrefix + name, null, new SplitSpec()));
            return Open(data.Source, null, data.Format);
        }

        if (!context.Workloads.Vocabulary.DataSets.Contains(input) && await DistantDataSet.BringAsync(context, name) is { } placed)
        {
            return Open(placed.Path, null, placed.Format);
        }

        if (name != input)
        {
            throw new DataException(
                DataCodes.NotRegistered,
                $"No data set '{SafeText.Of(name)}' is registered with the coordinator or in {context.DataRegistry.Folder}; see "
                    + "searchcluster data list on the coordinator's machine, or give a file.");
        }

        return context.Workloads.Vocabulary.DataSets.Contains(input) ? DataInput.Embedded(input) : throw new CliException(
            ExitCodes.NotFound,
            $"{SafeText.Of(input)} is not there: no file or folder, and no registered data set of that "
                + $"name.{Suggestions.Sentence(input, context.DataRegistry.List().Select(data => data.Name))}",
            "give a file, a folder, an archive, registered:NAME (searchcluster data list), or - to read standard input",
            DataCodes.CannotOpen);
    }

    /// <summary>Tells what was left out or is not certain.</summary>
    public static void Tell(CommandContext context, IEnumerable<string> notes)
    {
        foreach (var note in notes)
        {
            context.Output.Warn(note);
        }
    }

    /// <summary>True where a model takes the input as images: pictures, or for a model of pictures a table with
    /// the pixels in one column.</summary>
    public static bool AreImages(DataInput input, IPredictor model) =>
        model.Shape.Input.Count == 3 && (model.Columns.Count == 0 || !input.HoldsTable);

    /// <summary>Reads rows to be answered.</summary>
    /// <returns>The rows, and what tells them apart.</returns>
    public static async Task<(PredictorInput Input, RowNames Names)> ReadAsync(
        CommandContext context, PredictionRequest request, IPredictor model)
    {
        var input = await OpenAsync(context, request.Input);
        if (!AreImages(input, model))
        {
            OptionFit.RequireTable(request);
            var table = Table(context, input, request, model);
            return (new PredictorInput.Table(table), new(null, table.Places));
        }

        var (images, _) = Images(context, input, request, model);
        return (new PredictorInput.Images(images), RowNames.Of(images));
    }

    /// <summary>Reads images; those of another size are fitted as was asked, else as in training. Tells what was left out or
    /// changed.</summary>
    /// <param name="context">The command.</param>
    /// <param name="input">What was given.</param>
    /// <param name="request">Whether somebody said how images are fitted.</param>
    /// <param name="model">Knows how training fitted its images.</param>
    /// <param name="withAnswers">True to read what they are, too.</param>
    /// <returns>The images, and how they were fitted.</returns>
    public static (ImageRows Images, ImageFit? Fit) Images(
        CommandContext context, DataInput input, PredictionRequest request, IPredictor model, bool withAnswers = false)
    {
        RefuseReading(request);
        var learned = request.FitsAsTrained ? (model.Preprocessing as ImagePreprocessing)?.ImageFit : null;
        var fit = request.Fit ?? learned;
        var images = withAnswers
            ? input.ImagesWithAnswers(model.Shape, fit, model.Preprocessing.Reading)
            : input.Images(model.Shape, fit, model.Preprocessing.Reading);
        Tell(context, images.Notes);
        if (request.Fit is null && images.Fitted > 0)
        {
            var (done, other) = learned == ImageFit.Resize
                ? ("scaled to it", "--fit crop cuts or pads")
                : ("cut or padded to it", "--fit resize scales");
            context.Output.Note(
                $"{images.Fitted} of {images.Count} images have another size than the model's {model.Shape.Input[1]} × "
                    + $"{model.Shape.Input[2]} and are {done}, as in training (data.images.fit); {other} instead.");
        }

        return (images, fit);
    }

    /// <summary>Reads a table as the one was read that the model learned from; tells what was not certain of it, how many texts the
    /// model takes for no category, and which numbers are far from all that training saw.</summary>
    /// <param name="context">The command.</param>
    /// <param name="input">What was given.</param>
    /// <param name="request">What was said of the table.</param>
    /// <param name="model">Knows the columns that it learned from.</param>
    /// <param name="choose">Chooses rows before any is looked at; null for all.</param>
    public static CsvTable Table(
        CommandContext context, DataInput input, PredictionRequest request, IPredictor model, Func<CsvTable, CsvTable>? choose = null)
    {
        var table = input.Table(model.Preprocessing.Reading, request.Said);
        Tell(context, input.Notes);
        table = choose is null ? table : choose(table);

        // Finding the columns of the model may add to what is told of the table. Those of a series are found with its steps.
        var unseen = model.Preprocessing is TablePreprocessing columns ? UnseenTexts.Find(table, columns) : [];
        var far = FarNumbers.Find(table, model.Preprocessing, model.Shape);
        Tell(context, [.. table.Warnings, .. unseen, .. far]);
        return table;
    }

    /// <summary>Refuses what was said of a table where none is read.</summary>
    /// <exception cref="CliException">Something was said.</exception>
    public static void RefuseReading(PredictionRequest request)
    {
        if (request.Said is not null)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"{SafeText.Of(request.Input)} is not read as rows of a table, but --skip-lines, --header, --separator, --decimal, "
                    + $"--thousands, --dates and --missing-text say how one is written.",
                "leave them out",
                CommandCodes.WrongUsage);
        }
    }

    // What is no regular file is refused before it is opened: a named pipe may never end.
    private static DataInput Open(string path, string? title, DataFormat? format = null) =>
        RegularFile.Obstacle(path) is { } kind and not "a folder"
            ? throw new CliException(
                ExitCodes.InvalidInput,
                $"{SafeText.Of(title ?? path)} is {kind}, but a regular file is expected here.",
                "give a file, or - to read standard input: command | searchcluster …",
                DataCodes.NoRegularFile)
            : DataInput.Open(path, title, format);
}

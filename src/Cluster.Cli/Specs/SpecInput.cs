using System.Text;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Output;
using SearchCluster.Contracts.Api;
using SearchCluster.Models.Data.Files;
using SearchCluster.Specs;
using SearchCluster.Specs.Problems;
using SearchCluster.Specs.Rules;

namespace SearchCluster.Cli.Specs;

/// <summary>A spec file as the user gave it, with the values set on top.</summary>
/// <param name="FileName">For messages; <c>&lt;stdin&gt;</c> for standard input.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Overrides">Values by dotted path.</param>
internal sealed record SpecInput(string FileName, ReadOnlyMemory<byte> Content, ValueMap<string> Overrides)
{
    public const string StandardInput = "-";

    // A little more than a spec may have, so that its reader says what is wrong with it.
    private const int MostStandardInput = SpecLimits.Bytes * 4;

    /// <summary>The values on top as they were given; <see cref="Overrides"/> has the absolute paths of files as well.</summary>
    public ValueMap<string>? AsGiven { get; init; }

    /// <summary>The file and all that was set on top of it, for a command line to copy.</summary>
    public string Words { get; init; } = GivenOptions.Words(FileName, []);

    /// <summary>The same without the name that was given, where another one is to follow.</summary>
    public string Unnamed { get; init; } = GivenOptions.Words(FileName, []);

    /// <summary>Files that the spec names and this machine does not have.</summary>
    public ValueArray<SpecProblem> Warnings { get; init; } = [];

    public string Text => Encoding.UTF8.GetString(Content.Span);

    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static async Task<SpecInput> ReadAsync(CommandContext context, string path, ValueMap<string> overrides)
    {
        if (path == StandardInput)
        {
            return Resolve(
                context,
                new(Invocation.StandardInput.Name, await Invocation.StandardInput.ReadAsync(context, "spec", MostStandardInput), overrides),
                folder: null);
        }

        var full = context.FullPath(path);
        if (Directory.Exists(full))
        {
            throw Refused(ExitCodes.NotFound, SpecFileErrors.IsFolder(path));
        }

        // A named pipe may never end, and a device has no end.
        if (RegularFile.Obstacle(full) is { } kind)
        {
            throw Refused(ExitCodes.NotFound, SpecFileErrors.IsNoFile(path, kind));
        }

        var file = Target(path, full);
        if (!file.Exists)
        {
            throw Refused(ExitCodes.NotFound, SpecFileErrors.NotFound(path, Neighbours(new FileInfo(full))));
        }

        if (file.Length > SpecLimits.Bytes)
        {
            throw Refused(ExitCodes.InvalidInput, SpecFileErrors.TooLarge(path, file.Length));
        }

        try
        {
            var content = await File.ReadAllBytesAsync(file.FullName, context.Cancellation);
            return Resolve(context, new(path, content, overrides), Path.GetDirectoryName(full));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(ExitCodes.NotFound, SpecFileErrors.Unreadable(
                path, exception is UnauthorizedAccessException ? "this user may not read it" : exception.Message));
        }
    }

    private static SpecInput Resolve(CommandContext context, SpecInput input, string? folder)
    {
        var current = context.FullPath(".");
        return SpecPaths.Find(
            ParameterFile.Fill(input, [.. ((string?[])[folder, current]).OfType<string>()]),
            folder,
            current,
            context.Workloads.Vocabulary,
            context.DataRegistry);
    }

    // A file of a folder that may not be listed looks as if it were not there.
    private static List<string> Neighbours(FileInfo file)
    {
        try
        {
            return file.Directory is { Exists: true } folder ? [.. folder.EnumerateFiles().Select(f => f.Name).Take(1000)] : [];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Validates the spec without a coordinator.</summary>
    public SpecReadResult Check(CommandContext context)
    {
        var read = SpecReader.Read(Content, FileName, Overrides, context.Workloads.Vocabulary);
        return Warnings.Count == 0
            ? read
            : read with
            {
                Problems = [.. read.Problems.Concat(Warnings).OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)],
            };
    }

    /// <summary>Validates the spec, and looks for the columns that it names in the table that it names, where
    /// that is on this machine.</summary>
    public SpecReadResult CheckWithData(CommandContext context)
    {
        var read = Check(context);
        var problems = read.Spec is { } spec ? DataProblems.Find(this, spec, context) : [];
        return problems.Count == 0
            ? read
            : read with
            {
                Spec = null,
                Problems = [.. read.Problems.Concat(problems).OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)],
            };
    }

    /// <summary>The spec for a coordinator: one on another machine gets paths as they are written, since its
    /// workers have other folders.</summary>
    public SpecInput For(ISearchConnection connection) =>
        connection.ArtifactFolder is null && !(Uri.TryCreate(connection.Place, UriKind.Absolute, out var address) && address.IsLoopback)
            ? this with { Overrides = AsGiven ?? Overrides }
            : this;

    /// <summary>The spec as it is read now, and with the paths as they are written in the file, which earlier releases stored.</summary>
    public IEnumerable<SearchSpec> Readings(CommandContext context, SearchSpec spec) =>
        AsGiven is null || SpecReader.Read(Content, FileName, AsGiven, context.Workloads.Vocabulary).Spec is not { } written
            ? [spec]
            : [spec, written];

    /// <summary>The spec, or all of its problems as one exception. Warnings go to standard error.</summary>
    /// <param name="context">The command.</param>
    /// <param name="withData">Also looks at the columns of the data, which a command that runs the search does
    /// with the whole of them.</param>
    /// <exception cref="CliException">The spec has errors.</exception>
    public SearchSpec Require(CommandContext context, bool withData = false)
    {
        var result = withData ? CheckWithData(context) : Check(context);
        if (result.Spec is { } spec)
        {
            if (!context.Output.IsJson && context.Output.ShowsProgress)
            {
                SpecProblemPrinter.Print(context.Environment.Error, result.Problems, Text);
            }

            return spec;
        }

        throw new CliException(result.HasUnknownOverride ? ExitCodes.WrongUsage : ExitCodes.InvalidInput, "nothing was submitted.")
        {
            Problems = new(result.Problems),
            SourceText = Text,
        };
    }

    private static FileInfo Target(string path, string full)
    {
        try
        {
            return RegularFile.Target(full);
        }
        catch (IOException circle)
        {
            throw Refused(ExitCodes.NotFound, SpecFileErrors.Unreadable(path, circle.Message));
        }
    }

    private static CliException Refused(int exitCode, SpecProblem problem) => new(exitCode, "nothing was read.") { Problems = [problem] };
}

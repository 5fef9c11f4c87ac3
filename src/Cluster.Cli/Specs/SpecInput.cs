using System.Text;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Output;
using SearchCluster.Contracts.Api;
using SearchCluster.Specs;

namespace SearchCluster.Cli.Specs;

/// <summary>A spec file as the user gave it, with the values set on top.</summary>
/// <param name="FileName">For messages; <c>&lt;stdin&gt;</c> for standard input.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Overrides">Values by dotted path.</param>
internal sealed record SpecInput(string FileName, ReadOnlyMemory<byte> Content, ValueMap<string> Overrides)
{
    public const string StandardInput = "-";

    public string Text => Encoding.UTF8.GetString(Content.Span);

    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static async Task<SpecInput> ReadAsync(CommandContext context, string path, ValueMap<string> overrides)
    {
        if (path == StandardInput)
        {
            if (context.Environment.InIsTerminal)
            {
                context.Output.Note("Reading the spec from the terminal; end it with Ctrl-D on a line of its own, or leave with Ctrl-C.");
            }

            var text = await context.Environment.In.ReadToEndAsync(context.Cancellation);
            return new("<stdin>", Encoding.UTF8.GetBytes(text), overrides);
        }

        var file = new FileInfo(context.FullPath(path));
        if (Directory.Exists(file.FullName))
        {
            throw Refused(ExitCodes.NotFound, SpecFileErrors.IsFolder(path));
        }

        if (!file.Exists)
        {
            throw Refused(ExitCodes.NotFound, SpecFileErrors.NotFound(path, Neighbours(file)));
        }

        if (file.Length > SpecLimits.Bytes)
        {
            throw Refused(ExitCodes.InvalidInput, SpecFileErrors.TooLarge(path, file.Length));
        }

        try
        {
            return new(path, await File.ReadAllBytesAsync(file.FullName, context.Cancellation), overrides);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(ExitCodes.NotFound, SpecFileErrors.Unreadable(path, exception is UnauthorizedAccessException ? "this user may not read it" : exception.Message));
        }
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
    public SpecReadResult Check(CommandContext context) => SpecReader.Read(Content, FileName, Overrides, context.Workloads.Vocabulary);

    /// <summary>The spec, or all of its problems as one exception. Warnings go to standard error.</summary>
    /// <exception cref="CliException">The spec has errors.</exception>
    public SearchSpec Require(CommandContext context)
    {
        var result = Check(context);
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

    private static CliException Refused(int exitCode, SpecProblem problem) => new(exitCode, "nothing was read.") { Problems = [problem] };
}

using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Options;
using SearchCluster.Contracts.Storage;
using SearchCluster.Specs;

namespace SearchCluster.Cli.Commands.Specs;

/// <summary><c>spec new [FILE]</c>: writes a commented spec to start from.</summary>
internal sealed class SpecNewCommand : CliCommand
{
    private const string SchemaFile = "search.v1.schema.json";

    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "File to write; without it, standard output",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string> _template = Inputs.Choice(
        "--template", "What to start from: the kind of data, or of search. Default: mlp", "mlp", [.. SpecTemplates.Names]);
    private readonly Option<bool> _force = new("--force") { Description = "Overwrite FILE" };

    public SpecNewCommand()
        : base(
            "new",
            "Write a commented spec to start from",
            "spec new my.search.yaml",
            "spec new photos.search.yaml --template images",
            "spec new --template minimal")
    {
        Add(_file);
        Add(_template);
        Add(_force);
        SeeAlso = ["spec check", "spec explain", "run"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var template = parse.GetRequiredValue(_template);
        var text = SpecTemplates.Get(template)!;
        var files = parse.GetValue(_file) is { } file ? Write(context, file, text, parse.GetValue(_force)) : [];
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(new(template, files, text), CliJsonContext.Default.SpecNewDocument);
        }
        else if (files.Length == 0)
        {
            context.Output.Data.Write(text);
        }

        return Task.FromResult(ExitCodes.Done);
    }

    private static string[] Write(CommandContext context, string file, string text, bool replaces)
    {
        var path = context.FullPath(file);
        if (File.Exists(path) && PathKind.Special(path) is null && !replaces)
        {
            throw new CliException(
                ExitCodes.Conflict,
                $"{SafeText.Of(file)} exists.",
                "give another name, or overwrite it with --force",
                CommandCodes.OutputExists);
        }

        context.WriteFile(path, text);
        if (PathKind.Special(path) is not null)
        {
            return [path];
        }

        var schema = Path.Combine(Path.GetDirectoryName(path)!, SchemaFile);
        context.WriteFile(schema, SpecSchema.Text);
        context.Output.Note(
            $"{file} written, and beside it {SchemaFile} for the completion of editors.\n  next: searchcluster spec explain {file}");
        return [path, schema];
    }
}

using System.CommandLine;
using System.Globalization;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;

namespace SearchCluster.Cli.Specs;

/// <summary>The file of a command that reads a spec, and what is set on top of it.</summary>
internal sealed class SpecOptions
{
    private readonly Argument<string> _file = new("SPEC") { Description = "Spec file, YAML or JSON; - for standard input" };

    private readonly Option<string[]> _set = new("--set")
    {
        HelpName = "PATH=VALUE",
        Description = "Set a field or a section on top of the file, for example budget.trials=20 or 'budget={time: 1h}'; may be repeated",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _seed = Inputs.Text(
        "--seed",
        "N",
        "Master seed (short for --set seed=N)",
        text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) && seed < 1UL << 53,
        "a whole number from 0 to 9007199254740991");

    private readonly Option<string?> _name = Inputs.Text(
        "--name", "NAME", "Name of the search (short for --set name=NAME)", SearchId.IsValid, "a name of " + SearchId.Rule);

    private readonly Option<string[]> _params = new("--params")
    {
        HelpName = "FILE",
        Description = "Try the parameters of this JSON file first (best -o writes one); may be repeated",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _priority = Inputs.Priority("--priority");

    /// <summary>Whether the command gives the search to a cluster, where others may wait for the same slots.</summary>
    public bool HasPriority { get; init; }

    /// <summary>Adds the argument and the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_set);
        command.Add(_seed);
        command.Add(_name);
        command.Add(_params);
        if (HasPriority)
        {
            command.Add(_priority);
        }
    }

    private string? Priority(ParseResult parse) => HasPriority ? parse.GetValue(_priority) : null;

    public async Task<SpecInput> ReadAsync(ParseResult parse, CommandContext context) =>
        (await SpecInput.ReadAsync(context, parse.GetRequiredValue(_file), Overrides(parse, context))) with
        {
            Words = Words(parse, parse.GetValue(_name)),
            Unnamed = Words(parse, null),
        };

    private string Words(ParseResult parse, string? name) => GivenOptions.Words(
        parse.GetRequiredValue(_file),
        [
            .. (parse.GetValue(_set) ?? []).Select(value => ("--set", (string?)value)),
            ("--seed", parse.GetValue(_seed)),
            ("--name", name),
            .. (parse.GetValue(_params) ?? []).Select(value => ("--params", (string?)value)),
            ("--priority", Priority(parse)),
        ]);

    private ValueMap<string> Overrides(ParseResult parse, CommandContext context)
    {
        var overrides = new SortedDictionary<string, string>(StringComparer.Ordinal);
        List<string> enqueued = [.. ((string?[])[ParameterFile.Read(context, parse.GetValue(_params) ?? [])]).OfType<string>()];
        foreach (var assignment in parse.GetValue(_set) ?? [])
        {
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new CliException(
                    ExitCodes.WrongUsage,
                    $"--set is \"{SafeText.Of(assignment)}\", but must be PATH=VALUE.",
                    "for example --set budget.trials=20",
                    CommandCodes.WrongUsage);
            }

            var (path, value) = (assignment[..equals], assignment[(equals + 1)..]);
            if (path == EnqueuedValues.Path)
            {
                enqueued.Add(value);
            }
            else
            {
                overrides[path] = value;
            }
        }

        Set(EnqueuedValues.Path, EnqueuedValues.Join(enqueued));
        Set("seed", parse.GetValue(_seed));
        Set("name", parse.GetValue(_name));
        Set("resources.priority", Priority(parse));
        return new(overrides);

        void Set(string path, string? value)
        {
            if (value is not null)
            {
                overrides[path] = value;
            }
        }
    }
}

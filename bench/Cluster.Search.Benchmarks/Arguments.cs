using System.Globalization;

namespace SearchCluster.Search.Benchmarks;

/// <summary>Arguments of the form <c>--name value</c>; <c>--option.NAME value</c> sets an option of the algorithm, <c>--scheduler.NAME
/// value</c> one of the scheduler.</summary>
internal sealed class Arguments
{
    private const string OptionPrefix = "option.";
    private const string SchedulerPrefix = "scheduler.";
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public Arguments(ReadOnlySpan<string> args)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
            {
                throw new ArgumentException($"{args[i]} is not of the form --name value.");
            }

            _values[args[i][2..]] = args[i + 1];
        }
    }

    /// <summary>Options of the algorithm.</summary>
    public ParameterValues Values => ValuesOf(OptionPrefix);

    /// <summary>Options of the scheduler.</summary>
    public ParameterValues SchedulerValues => ValuesOf(SchedulerPrefix);

    public string Text(string name, string standard) => _values.GetValueOrDefault(name, standard);

    public int Whole(string name, int standard) =>
        int.Parse(Text(name, standard.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    public (int First, int Last) Range(string name, (int First, int Last) standard) =>
        _values.TryGetValue(name, out var text) && text.Split('-') is [var first, var last]
            ? (int.Parse(first, CultureInfo.InvariantCulture), int.Parse(last, CultureInfo.InvariantCulture))
            : standard;

    private ParameterValues ValuesOf(string prefix) => new(_values
        .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(pair => KeyValuePair.Create(pair.Key[prefix.Length..], Parse(pair.Value))));

    private static ParameterValue Parse(string text) =>
        bool.TryParse(text, out var flag) ? ParameterValue.Boolean(flag)
        : long.TryParse(text, CultureInfo.InvariantCulture, out var whole) ? ParameterValue.Integer(whole)
        : double.TryParse(text, CultureInfo.InvariantCulture, out var real) ? ParameterValue.Real(real)
        : ParameterValue.Text(text);
}

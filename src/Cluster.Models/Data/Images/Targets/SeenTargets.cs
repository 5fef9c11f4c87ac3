using System.Globalization;

namespace SearchCluster.Models.Data.Images.Targets;

/// <summary>What all targets of a data set have in common, gathered one by one.</summary>
/// <param name="name">The data, for messages.</param>
internal sealed class SeenTargets(string name)
{
    private const int MostShown = 8;
    private const int FewGreys = 0xC8;

    private readonly Dictionary<TargetValue, long> _pixels = [];
    private readonly Dictionary<TargetValue, (ushort Opacity, string Path)> _opacities = [];
    private readonly Dictionary<TargetValue, int> _entries = [];
    private readonly SmoothedEdges _edges = new();
    private TargetFile? _file;
    private bool _filesDiffer;
    private int _targets, _deep, _transparent;
    private bool _hasShallowWhite;

    /// <summary>All values that occur.</summary>
    public SortedSet<TargetValue> Values { get; } = [];

    /// <summary>How many targets are files whose format changes colours.</summary>
    public int Lossy { get; private set; }

    /// <summary>Looks at a target.</summary>
    /// <exception cref="DataException">SC3105: a value occurs with two opacities, which as classes would be one.</exception>
    public void Add(TargetImage target, string path)
    {
        _targets++;
        Lossy += target.Colours.IsLossy ? 1 : 0;
        _deep += target.Colours.Bits > 8 ? 1 : 0;
        foreach (var (value, pixels) in target.Values.CountBy(value => value))
        {
            Values.Add(value);
            _pixels[value] = _pixels.GetValueOrDefault(value) + pixels;
            _hasShallowWhite |= value == TargetValue.White && target.Colours.Bits == 8;
        }

        AddOpacity(target, path);
        AddFile(target);
        _edges.Add(target);
    }

    /// <summary>How the files hold the classes; null where they differ in that.</summary>
    public MaskForm? FormOf(TargetClasses classes) => _filesDiffer || _file is not { } file ? null
        : new(
            file.Kind,
            file.Bits,
            classes.Labels
                .Select(label => TargetValue.Parse(label)!.Value)
                .SelectMany(value => MaskForm.SamplesOf(
                    value, file, file.Palette is null ? null : _entries[value], _opacities[value].Opacity))
                .ToValueArray(),
            file.Palette);

    // Programs leave entries out at the end of a palette that a picture does not have.
    private void AddFile(TargetImage target)
    {
        var (own, known) = (target.File, _file ?? target.File);
        var (shorter, longer) = (own.Palette?.Length ?? 0) < (known.Palette?.Length ?? 0) ? (own, known) : (known, own);
        _filesDiffer |= (own.Kind, own.Bits) != (known.Kind, known.Bits)
            || longer.Palette?.StartsWith(shorter.Palette!, StringComparison.Ordinal) == false;
        _file = longer;
        foreach (var (value, entry) in target.Entries ?? new Dictionary<TargetValue, int>())
        {
            _filesDiffer |= !_entries.TryAdd(value, entry) && _entries[value] != entry;
        }
    }

    /// <summary>What a person should know of them, a sentence each.</summary>
    /// <param name="classes">What they became.</param>
    /// <param name="wanted">Which value is no class, as the spec says; null where it does not.</param>
    public IEnumerable<string> Notes(TargetClasses classes, string? wanted)
    {
        if (Lossy > 0)
        {
            yield return $"{name}: {Lossy} of {_targets} targets are JPEG or lossy WebP files, which change colours, so that there may "
                + $"be classes nobody drew ({Values.Count} colours in all); save targets as PNG.";
        }

        foreach (var note in Lossy > 0 ? [] : _edges.Notes(name, _pixels))
        {
            yield return note;
        }

        if (_transparent > 0)
        {
            yield return $"{name}: {_transparent} of {_targets} targets have transparency, which is no class; the colours below it are.";
        }

        if (_hasShallowWhite && Values.Any(value => value.IsLarge))
        {
            yield return $"{name}: {_deep} of {_targets} targets have 16 bits with numbers up to {Values.Max.Number}, others 8 bits with "
                + "255; these are different classes here. Where both mean white, save all targets with the same bits.";
        }

        if (classes.Void is { } nothing && wanted is null && _pixels.TryGetValue(nothing, out var count))
        {
            yield return $"{name}: black is no class in colour targets: "
                + $"{string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / _pixels.Values.Sum():0.#}")} % of their pixels are "
                + $"neither learned nor scored. Where it is one (a background), write data.images.void: none; void: 0 keeps it so.";
        }

        if (classes.Void is { } absent && wanted is not null && !_pixels.ContainsKey(absent))
        {
            yield return $"{name}: data.images.void is {absent.Label()}, but no target has a pixel of it.";
        }

        // In grey numbers of classes, the largest one of all often marks pixels without a class.
        if (wanted is null && Values.Count > 2 && Values.Max == TargetValue.White && Values.All(value => value.Number is not null)
            && Values.GetViewBetween(default, TargetValue.OfNumber(254)).Max.Number < FewGreys)
        {
            var others = string.Join(", ", Values.Where(value => value != TargetValue.White).Take(MostShown).Select(value => value.Number));
            yield return $"{name}: white (255) is a class here, beside grey {others}; where it means pixels without a class, write "
                + "data.images.void: 255, else void: none.";
        }
    }

    private void AddOpacity(TargetImage target, string path)
    {
        if (target.Opacity is not { } opacity)
        {
            foreach (var value in target.Values.Distinct())
            {
                AddOpacity(value, ushort.MaxValue, path);
            }

            return;
        }

        _transparent += opacity.AsSpan().ContainsAnyExcept(ushort.MaxValue) ? 1 : 0;
        for (var i = 0; i < opacity.Length; i++)
        {
            AddOpacity(target.Values[i], opacity[i], path);
        }
    }

    private void AddOpacity(TargetValue value, ushort opacity, string path)
    {
        if (!_opacities.TryGetValue(value, out var first))
        {
            _opacities.Add(value, (opacity, path));
        }
        else if (first.Opacity != opacity)
        {
            var where = first.Path == path ? "" : $" in {DisplayText.ShortenPath(first.Path)}";
            throw new DataException(DataCodes.Targets, $"{name}: target {DisplayText.ShortenPath(path)} has pixels of {value.Label()} with "
                + $"opacity {Percent(opacity)}, and others{where} with {Percent(first.Opacity)}, but opacity is no class, so that they "
                + "would be one; give each class a colour or grey of its own.");
        }
    }

    private static string Percent(ushort opacity) => string.Create(CultureInfo.InvariantCulture,
        $"{100.0 * opacity / ushort.MaxValue:0.#} %");
}

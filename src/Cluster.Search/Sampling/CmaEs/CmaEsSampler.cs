using System.Globalization;
using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.QuasiRandom;

namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>Covariance matrix adaptation evolution strategy over numbers, with a margin for discrete ones and
/// probabilities for categories.</summary>
/// <remarks>
/// <para>Asynchronous: a generation is complete with λ results in the order in which they finish, whichever generation they were drawn
/// in. A result of an older generation is learned at the place it was drawn at, its step shortened to what the current distribution could
/// have drawn. Trials beyond λ that are asked for meanwhile are further draws of the current distribution. The best results so far (two
/// by default) take the places of the worst of each generation, as injected solutions (Hansen 2011, arXiv:1110.4181).</para>
/// <para>Failed and non-finite trials rank last; equal losses share their weights; a generation in which all failed changes nothing.
/// Numbers, whole numbers, steps and ordered lists are coordinates of the unit cube, mirrored at its bounds. Inactive parameters are drawn
/// all the same: nothing selects among them. One that was active in no good trial of a generation keeps its
/// mean and is drawn more widely, up to the uniform deviation, so that it is not stuck where it last was when
/// the value it depends on comes back. Probabilities of a categorical parameter learn from the trials in which it is active. Configurations
/// that are forbidden or tried already are drawn again.</para>
/// <para>The state is rebuilt from the order of finishing; a suggestion costs O(n²), a generation O(λ n² + n³).
/// Sources: Hansen 2016, arXiv:1604.00772; Hamano et al. 2022, arXiv:2205.13482; Hamano et al. 2024, arXiv:2405.09962; Nomura et al. 2023,
/// arXiv:2304.03473.</para>
/// </remarks>
public sealed class CmaEsSampler : ISampler
{
    private readonly SpaceEncoding _encoding;
    private readonly Candidates _candidates;
    private readonly StartupDesign _design;
    private readonly CmaEsModel _model;

    /// <summary>Prepares the space.</summary>
    /// <param name="space">What is searched.</param>
    /// <param name="options">As the specification gives them.</param>
    /// <param name="budget">Planned trials of the search; null when it is not limited by trials.</param>
    public CmaEsSampler(SearchSpace space, CmaEsOptions options, int? budget)
    {
        _encoding = new SpaceEncoding(space);
        _candidates = new Candidates(space);
        _design = new StartupDesign(_encoding);
        _model = new CmaEsModel(_encoding, options, budget);
    }

    /// <inheritdoc />
    public string Name => CmaEsOptions.Descriptor.Name;

    /// <inheritdoc />
    public bool IsAdaptive => true;

    /// <inheritdoc />
    public SuggestionBatch Suggest(SearchView view, SuggestionContext context)
    {
        _model.Update(view, context.SearchSeed);
        _candidates.Update(view);
        var origin = view.Origin(Name, Describe(), _model.Earlier);
        return _candidates.Suggest(context, origin, stream => _encoding.Decode(_model.Draw(stream)), _model.IsStarting ? _design : null);
    }

    private string Describe() => _model.Run is { } run
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"Generation {run.Generations + 1} of run {_model.Restarts + 1}: population {run.Population}, step size {run.StepSize:G3}.")
        : "A point of the start-up design, to start a run.";
}

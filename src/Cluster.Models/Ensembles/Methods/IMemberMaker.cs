using SearchCluster.Models.Ensembles.Members;

namespace SearchCluster.Models.Ensembles.Methods;

/// <summary>Makes the members of an ensemble by one of the methods of <see cref="Contracts.Ensembles.EnsembleMethods"/>.</summary>
internal interface IMemberMaker
{
    /// <summary>Makes, or finds, all members.</summary>
    EnsembleMembers Make();

    /// <summary>Trains one member whose training is an attempt of its own; what is trained already is left as it is.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <exception cref="MemberTrainingException">It could not be trained.</exception>
    void TrainOne(int number) => throw new Configuration.WorkloadConfigurationException(
        "Members of this ensemble are not trained alone; run the same version everywhere.");
}

import { boundary, element, flow } from '../document/build.ts';

/**
 * A sensor on the patient's body sends a physiological parameter by Bluetooth to an app on the patient's phone; the app uploads to cloud
 * storage; patient and healthcare provider read it through a web interface. Security attributes are left unanswered on
 * purpose: answering them is the team's work.
 */
export const wearableSensor = {
  label: 'Wearable sensor',
  description: 'Sensor, phone app, cloud and two users: a small device to learn the notation on.',
  scope:
    'A sensor on the patient’s body measures a physiological parameter and sends it by Bluetooth to an app on the patient’s ' +
    'phone. The app uploads the measurements to cloud storage. Patient and healthcare provider read them through a web interface.',
  records: () => {
    const sensorSide = boundary({
      id: 'b-sensor',
      name: 'Wearable sensor',
      box: [0, 0, 300, 220],
      index: 'a1',
    });
    const phoneSide = boundary({
      id: 'b-phone',
      name: 'Patient’s phone',
      box: [580, 0, 300, 220],
      index: 'a2',
    });
    const cloudSide = boundary({ id: 'b-cloud', name: 'Cloud', box: [1160, 0, 300, 780], index: 'a3' });
    const patientSide = boundary({
      id: 'b-patient',
      name: 'Patient’s side',
      box: [0, 360, 300, 190],
      index: 'a4',
    });
    const providerSide = boundary({
      id: 'b-provider',
      name: 'Provider’s side',
      box: [580, 590, 300, 190],
      index: 'a5',
    });

    const sensor = element('process', {
      id: 'sensor',
      name: 'Sensor',
      box: [60, 70, 180, 90],
      parent: sensorSide,
      index: 'a1',
      meta: {
        role: 'patient_worn_device',
        description:
          'Battery-powered patch that measures a physiological parameter and keeps the last hours of it.',
      },
    });
    const app = element('process', {
      id: 'app',
      name: 'Phone app',
      box: [60, 70, 180, 90],
      parent: phoneSide,
      index: 'a1',
      meta: {
        role: 'mobile_app',
        description: 'Pairs with the sensor, shows the measurements, uploads them.',
      },
    });
    const storage = element('data_store', {
      id: 'storage',
      name: 'Cloud storage',
      box: [70, 60, 160, 110],
      parent: cloudSide,
      index: 'a1',
      meta: { role: 'cloud_storage', stores: ['phi'], description: 'Measurements of all patients.' },
    });
    const web = element('process', {
      id: 'web',
      name: 'Web interface',
      box: [60, 440, 180, 90],
      parent: cloudSide,
      index: 'a2',
      meta: { role: 'web_portal', description: 'Shows a patient’s measurements in a browser.' },
    });
    const patient = element('external_entity', {
      id: 'patient',
      name: 'Patient',
      box: [60, 60, 180, 90],
      parent: patientSide,
      index: 'a1',
      meta: { role: 'patient', description: 'Wears the sensor, uses the app, reads own measurements.' },
    });
    const provider = element('external_entity', {
      id: 'provider',
      name: 'Healthcare provider',
      box: [60, 60, 180, 90],
      parent: providerSide,
      index: 'a1',
      meta: { role: 'clinician', description: 'Reads the measurements of own patients.' },
    });

    return [
      ...[sensorSide, phoneSide, cloudSide, patientSide, providerSide],
      ...[sensor, app, storage, web, patient, provider],
      ...flow({
        id: 'f-signal',
        name: 'Physiological signal',
        from: patient,
        to: sensor,
        index: 'a6',
        meta: { protocol: 'in_person', payload: ['telemetry'] },
      }),
      ...flow({
        id: 'f-bluetooth',
        name: 'Measurements by Bluetooth',
        from: sensor,
        to: app,
        index: 'a7',
        meta: { protocol: 'ble', payload: ['telemetry'] },
      }),
      ...flow({
        id: 'f-upload',
        name: 'Upload of measurements',
        from: app,
        to: storage,
        twoWay: true,
        index: 'a8',
        meta: { protocol: 'https', payload: ['phi'] },
      }),
      ...flow({
        id: 'f-stored',
        name: 'Stored measurements',
        from: storage,
        to: web,
        index: 'a9',
        meta: { payload: ['phi'] },
      }),
      ...flow({
        id: 'f-patient-web',
        name: 'Login, own measurements',
        from: web,
        to: patient,
        index: 'aA',
        twoWay: true,
        meta: { protocol: 'https', payload: ['phi', 'credentials'] },
      }),
      ...flow({
        id: 'f-provider-web',
        name: 'Login, patients’ measurements',
        from: web,
        to: provider,
        index: 'aB',
        twoWay: true,
        meta: { protocol: 'https', payload: ['phi', 'credentials'] },
      }),
    ];
  },
};
